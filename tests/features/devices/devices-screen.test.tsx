// @vitest-environment jsdom
// What a supervisor sees of the devices at the own sites, and what is said where the centre does not tell.
import { waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import type { DeviceContact, DevicesFault, Exchange } from "#src/domain/ports/exchange.ts";
import { err, ok } from "#src/domain/ports/result.ts";
import { DevicesScreen } from "#src/features/devices/devices-screen.tsx";
import { paths } from "#src/ui/addresses.ts";
import { accountOf, hoaVang, openDesk, openScreen, siteOf } from "#tests/features/support/desk.tsx";

vi.setConfig({ testTimeout: 60_000 });

const haiChau = siteOf("vn-gso-20195", "Hải Châu");
const lately: DeviceContact = {
  account: "an",
  device: "phone",
  lastContactAt: "2026-11-22T03:07:00.000Z",
  waiting: 0,
  appVersion: "1.4.0",
  tooOld: false,
};

/** A supervisor of two communes, in which two people and a third, who has left, have an account. */
async function openDevices(devices: Exchange["devices"], roles = ["supervisor@vn-gso-48"]) {
  const desk = await openDesk({ sites: [hoaVang, haiChau], roles });
  const { store } = desk.work.profile;
  const accounts = [
    accountOf("an", "Phan Mẫu An", [`cadre@${hoaVang.siteId}`]),
    accountOf("binh", "Lê Mẫu Bình", [`cadre@${hoaVang.siteId}`, `social_worker@${haiChau.siteId}`]),
    { ...accountOf("cu", "Võ Mẫu Cũ", [`cadre@${hoaVang.siteId}`]), disabled: true },
  ];
  await store.write({ changes: accounts.map((record) => ({ database: "directory", record })) });
  const exchange = { ...desk.work.exchange, devices };
  const at = { screen: <DevicesScreen />, path: paths.devices, at: paths.devices };
  const screen = await openScreen({ ...desk, work: { ...desk.work, exchange } }, at);
  const sheets = () =>
    [...document.querySelectorAll("section.sheet")].map((sheet) => ({
      site: sheet.querySelector("h2")?.textContent,
      people: [...sheet.querySelectorAll("li.row")].map((row) => row.textContent),
    }));
  return { screen, sheets, desk };
}

it("shows by site and person when each device was last in contact, what waits on it and its version", async () => {
  const devices = [
    lately,
    { ...lately, device: "old", lastContactAt: "2026-10-01T03:07:00.000Z", waiting: 4, tooOld: true },
  ];
  const { screen, sheets } = await openDevices(() => Promise.resolve(ok(devices)));
  await screen.find("section.sheet");
  const [first, second] = sheets();
  expect(first?.site).toBe("Hòa Vang");
  expect(first?.people).toHaveLength(2);
  const [an = "", binh = ""] = first?.people ?? [];
  expect(an).toContain("Phan Mẫu An");
  // At the site's own clock, which is seven hours ahead of UTC.
  expect(an).toContain("Liên lạc gần nhất: 10:07 ngày 22/11/2026");
  expect(an).toContain("đã gửi hết");
  expect(an).toContain("chờ gửi: 4");
  expect(an.match(/Lâu chưa liên lạc/g)).toHaveLength(1);
  expect(an.match(/Cần cập nhật ứng dụng/g)).toHaveLength(1);
  expect(binh).toContain("Chưa có máy nào liên lạc với trung tâm.");
  expect(second).toEqual({ site: "Hải Châu", people: [expect.stringContaining("Lê Mẫu Bình")] });
  expect(document.body.textContent).not.toContain("Võ Mẫu Cũ");
});

it.each<[DevicesFault["type"], string]>([
  ["NoConnection", "Chưa hỏi được trung tâm"],
  ["NotOfferedHere", "Trung tâm này không theo dõi các máy"],
  ["NotAllowed", "Tài khoản này chưa được xem danh sách máy"],
  ["CentreFault", "Trung tâm đang gặp sự cố"],
])("says what is the matter: %s", async (type, words) => {
  const { screen } = await openDevices(() => Promise.resolve(err({ type })));
  expect((await screen.find(".notice")).textContent).toContain(words);
});

it("keeps what it knows in sight when the centre cannot be asked again, and asks when it is told to", async () => {
  const answers: Awaited<ReturnType<Exchange["devices"]>>[] = [
    ok([lately]),
    err({ type: "NoConnection" }),
    ok([{ ...lately, waiting: 9 }]),
  ];
  const { screen } = await openDevices(() => Promise.resolve(answers.shift() ?? ok([])));
  await screen.find("section.sheet");
  await screen.tap('[data-action="refresh"]');
  await screen.find(".notice");
  expect(document.body.textContent).toContain("đã gửi hết");
  await screen.tap('[data-action="refresh"]');
  await waitFor(() => expect(document.querySelector(".notice")).toBeNull());
  expect(document.body.textContent).toContain("chờ gửi: 9");
});

it("says that it asks, and that nobody is supervised", async () => {
  let answer: (devices: Awaited<ReturnType<Exchange["devices"]>>) => void = () => undefined;
  const { screen } = await openDevices(
    () => new Promise((resolve) => (answer = resolve)),
    ["supervisor@vn-gso-01"],
  );
  expect((await screen.find('[role="status"]')).textContent).toBe("Đang hỏi trung tâm…");
  answer(ok([]));
  expect((await screen.find(".empty-title")).textContent).toBe("Chưa có nơi nào do anh/chị giám sát");
});
