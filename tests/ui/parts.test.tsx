// @vitest-environment jsdom
// The parts of every screen: names stay hidden, steps go on by keyboard, states have words, dialogs give the focus back.
import { act, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { DueMark, SyncMark } from "#src/ui/badge.tsx";
import { Button } from "#src/ui/button.tsx";
import { Dialog } from "#src/ui/dialog.tsx";
import { Facts } from "#src/ui/facts.tsx";
import { MaskedName, maskName } from "#src/ui/masked-name.tsx";
import { RiskMark } from "#src/ui/risk-mark.tsx";
import { StepFrame } from "#src/ui/step-frame.tsx";
import { ToastProvider, useToast } from "#src/ui/toast.tsx";
import { show } from "#tests/support/on-screen.tsx";

afterEach(() => {
  vi.useRealTimers();
});

describe("a name", () => {
  it("is initials until it is asked for, and again after ten seconds", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const onReveal = vi.fn<() => void>();
    await show(<MaskedName name="Đào Thị Hòa" onReveal={onReveal} />);
    expect(document.body.textContent).not.toContain("Đào");
    expect(document.body.textContent).toContain("Đ•• T•• H••");
    await userEvent.setup({ advanceTimers: vi.advanceTimersByTime }).click(screen.getByRole("button"));
    expect(document.body.textContent).toContain("Đào Thị Hòa");
    expect(onReveal).toHaveBeenCalledTimes(1);
    act(() => {
      vi.advanceTimersByTime(10_000);
    });
    expect(document.body.textContent).not.toContain("Đào");
  });

  it("gives away neither length nor a letter beyond the first of each word", () => {
    expect(maskName("Li Nguyễn")).toBe("L•• N••");
    expect(maskName("  Siti ")).toBe("S••");
    expect(maskName("Đào".normalize("NFD"))).toBe("Đ••");
  });
});

describe("a step of a form", () => {
  const step = (more: Partial<Parameters<typeof StepFrame>[0]> = {}) => (
    <StepFrame title="Tiếp nhận" heading="Tên gọi" step={2} steps={9} onNext={() => undefined} {...more}>
      <input aria-label="Tên" />
    </StepFrame>
  );

  it("goes on with Enter, and carries the stable handles", async () => {
    const onNext = vi.fn<() => void>();
    await show(step({ onNext, onBack: () => undefined, onSkip: () => undefined, onStop: () => undefined }));
    await userEvent.type(screen.getByLabelText("Tên"), "Lan{Enter}");
    expect(onNext).toHaveBeenCalledTimes(1);
    const actions = screen.getAllByRole("button").map((button) => button.dataset["action"]);
    expect(actions).toEqual(["stop", "back", "skip", "next"]);
  });

  it("says where one is, in words too", async () => {
    await show(step());
    expect(screen.getByText("Bước 2/9")).not.toBeNull();
    expect(screen.getByRole("progressbar").getAttribute("aria-valuetext")).toBe("Bước 2/9");
  });

  it("does nothing twice while it saves", async () => {
    const onNext = vi.fn<() => void>();
    await show(step({ onNext, last: true, busy: true }));
    await userEvent.click(screen.getByRole("button", { name: "Lưu" }));
    expect(onNext).not.toHaveBeenCalled();
  });
});

describe("a state", () => {
  it.each([
    ["local", "Đã lưu trên máy này"],
    ["sent", "Đã gửi lên trung tâm"],
    ["central", "Đã có ở trung tâm"],
    ["refused", "Trung tâm từ chối"],
  ] as const)("%s has a word and a picture", async (state, word) => {
    const { container } = await show(<SyncMark state={state} />);
    expect(container.textContent).toBe(word);
    expect(container.querySelector("svg[aria-hidden]")).not.toBeNull();
    expect(container.querySelector(`[data-state="${state}"]`)).not.toBeNull();
  });

  it.each([
    ["vi", "2026-11-25", "còn 3 ngày"],
    ["vi", "2026-11-20", "quá hạn 2 ngày"],
    ["vi", "2026-11-22", "hôm nay đến hạn"],
    ["en", "2026-11-23", "due tomorrow"],
    ["en", "2026-11-20", "overdue by 2 days"],
    ["id", "2026-11-20", "lewat tenggat 2 hari"],
  ] as const)("of a term, in %s, %s: %s", async (locale, date, words) => {
    const { container } = await show(<DueMark date={date} state="soon" />, locale);
    expect(container.textContent).toBe(words);
  });

  it("of risk is read out with what it is about", async () => {
    const { container } = await show(<RiskMark level="high" />);
    expect(container.textContent).toBe("Mức nguy cơ: Cao");
  });
});

describe("facts", () => {
  it("tell an answer, a reason, and what was never asked", async () => {
    await show(
      <Facts
        section="person"
        paths={["sex", "language", "homeArea.province", "safeContact.phone", "childrenCount"]}
        values={{
          sex: "female",
          homeArea: { province: "vn-gso-11" },
          unanswered: { "safeContact.phone": "declined" },
        }}
      />,
    );
    const told = screen.getAllByRole("definition").map((fact) => fact.textContent);
    expect(told).toEqual(["Nữ", "Chưa hỏi", "Điện Biên", "Không muốn trả lời", "Chưa hỏi"]);
  });
});

describe("a word after something was done", () => {
  function Doer({ undo }: { readonly undo: () => void }) {
    const say = useToast();
    return <Button onClick={() => say("Đã lưu", undo)}>Làm</Button>;
  }

  it("is announced, and can be undone once", async () => {
    const undo = vi.fn<() => void>();
    await show(
      <ToastProvider>
        <Doer undo={undo} />
      </ToastProvider>,
    );
    await userEvent.click(screen.getByRole("button", { name: "Làm" }));
    expect(screen.getByRole("status").textContent).toContain("Đã lưu");
    await userEvent.click(screen.getByRole("button", { name: "Hoàn tác" }));
    expect(undo).toHaveBeenCalledTimes(1);
    expect(screen.getByRole("status").textContent).toBe("");
  });
});

describe("a dialog", () => {
  it("is named by its title, closes by its button and gives the focus back", async () => {
    // jsdom has no modal dialogs; what the browser adds (inert page, Escape) is tested in the browser.
    HTMLDialogElement.prototype.showModal = function showModal() {
      this.open = true;
    };
    HTMLDialogElement.prototype.close = function close() {
      this.open = false;
    };
    function Page() {
      const [open, setOpen] = useState(false);
      return (
        <>
          <Button onClick={() => setOpen(true)}>Mở</Button>
          {open ? (
            <Dialog title="Hủy mục này?" onClose={() => setOpen(false)}>
              Mục vẫn đọc được.
            </Dialog>
          ) : null}
        </>
      );
    }
    await show(<Page />);
    const opener = screen.getByRole("button", { name: "Mở" });
    await userEvent.click(opener);
    expect(screen.getByRole("dialog", { name: "Hủy mục này?" })).not.toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Đóng" }));
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(document.activeElement).toBe(opener);
  });
});
