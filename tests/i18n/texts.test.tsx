// @vitest-environment jsdom
// Languages: Vietnamese until somebody chooses another, complete before the first paint, remembered, dates included.
import { cleanup, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { organisationKinds, riskLevels, services, siteKinds } from "#src/domain/records/code-lists.ts";
import { countries } from "#src/domain/records/countries.ts";
import { provinces } from "#src/domain/profiles/areas.ts";
import { useFormats } from "#src/i18n/format.ts";
import { useLabels } from "#src/i18n/labels.ts";
import { PlaceProvider } from "#src/i18n/place.ts";
import { pseudoText } from "#src/i18n/pseudo.ts";
import { rememberedLocale } from "#src/i18n/texts.ts";
import { LanguageChoice } from "#src/ui/language-choice.tsx";
import { show } from "#tests/support/on-screen.tsx";

function Words() {
  const { fieldLabel, fieldLabelAt, codeLabel, clockLabel } = useLabels();
  const { date, instant, relativeDay, number, list } = useFormats();
  const words = [
    fieldLabel("person", "homeArea.commune"),
    fieldLabelAt("person", "gone"),
    codeLabel(riskLevels, "high"),
    codeLabel(services, "vn_dd"),
    codeLabel(countries, "LA"),
    codeLabel(countries, "stateless"),
    codeLabel(provinces, "vn-gso-48"),
    codeLabel(provinces, "elsewhere"),
    codeLabel(riskLevels, "a code of a newer version"),
    clockLabel("notify"),
    date("1998"),
    date("1998-03"),
    date("2026-11-02"),
    instant("2026-11-22T09:42:00.000Z"),
    instant("2026-11-21T17:30:00.000Z"),
    instant("2026-11-21T16:30:00.000Z"),
    relativeDay("2026-11-21"),
    relativeDay("2026-11-19"),
    relativeDay("2026-11-27"),
    number(1_240),
    list(["A", "B", "C"]),
  ];
  return <p>{words.join(" | ")}</p>;
}
const words = () => screen.getByText(/\|/).textContent.split(" | ");

beforeEach(() => {
  localStorage.clear();
});

describe("languages", () => {
  it("Vietnamese is the default, whatever the browser speaks", () => {
    expect(rememberedLocale()).toBe("vi");
  });

  it("speak Vietnamese", async () => {
    await show(<Words />);
    expect(document.documentElement.lang).toBe("vi");
    expect(words()).toEqual([
      "Nơi cư trú: xã, phường",
      "gone",
      "Cao",
      "đ) Trợ giúp pháp lý",
      "Lào",
      "Không quốc tịch",
      "Đà Nẵng",
      "Nơi khác, ngoài nước này",
      "a code of a newer version",
      "Thông báo cho Sở Y tế",
      "năm 1998",
      "tháng 3 năm 1998",
      "02/11/2026",
      "16:42",
      "00:30",
      "23:30 ngày 21/11/2026",
      "hôm qua",
      "3 ngày trước",
      "sau 5 ngày",
      "1.240",
      "A, B và C",
    ]);
  });

  it("speak Indonesian of a Vietnamese file", async () => {
    await show(<Words />, "id");
    expect(words()).toEqual([
      "Tempat asal: desa/kelurahan",
      "gone",
      "Tinggi",
      "đ) Bantuan hukum",
      "Laos",
      "Tanpa kewarganegaraan",
      "Đà Nẵng",
      "Tempat lain, di luar negara ini",
      "a code of a newer version",
      "Pemberitahuan ke Dinas Kesehatan",
      "tahun 1998",
      "Maret 1998",
      "02/11/2026",
      "16.42",
      "00.30",
      "21/11/2026 pukul 23.30",
      "kemarin",
      "3 hari lalu",
      "5 hari lagi",
      "1.240",
      "A, B, dan C",
    ]);
  });

  it("name the bodies of the country of the record, whatever the reader speaks", async () => {
    function Bodies({ profile }: { readonly profile: "vn" | "id" }) {
      const { codeLabel, roleLabel, sourceLabel } = useLabels();
      const bodies = ["police", "commune", "mission", "hotline"].map((code) =>
        codeLabel(organisationKinds, code, profile),
      );
      const words = [...bodies, codeLabel(siteKinds, "commune", profile), roleLabel("cadre", profile)];
      return <p>{[...words, sourceLabel("notify", profile)].join(" | ")}</p>;
    }
    await show(<Bodies profile="id" />, "vi");
    expect(words().slice(0, 4)).toEqual([
      "Cảnh sát Indonesia",
      "Chính quyền cơ sở Indonesia (desa, kelurahan)",
      "Cơ quan đại diện Indonesia ở nước ngoài",
      "Đường dây SAPA 129 (Indonesia)",
    ]);
    expect(words().join()).not.toMatch(/Công an|Sở Y tế|cấp xã|Luật/);
    cleanup();
    await show(<Bodies profile="vn" />, "id");
    expect(words().slice(0, 4)).toEqual([
      "Kepolisian Vietnam",
      "Komite Rakyat komune (Vietnam)",
      "Perwakilan diplomatik Vietnam",
      "Layanan pengaduan 111 (Vietnam)",
    ]);
    expect(words().join()).not.toMatch(/SAPA|KBRI|desa|kelurahan|Dasar/);
    expect(words().at(-1)).toContain("UU Vietnam 53/2024/QH15");
  });

  it("show as it stands what is no instant, no known place and no known code, and go on", async () => {
    function Odd() {
      const { codeLabel } = useLabels();
      const { instant, time } = useFormats();
      return <p>{[instant("gone"), time("gone"), codeLabel(provinces, "constructor")].join(" | ")}</p>;
    }
    const place = { profile: "vn", timeZone: "Mars/Olympus", now: () => Date.UTC(2026, 10, 22) } as const;
    await show(
      <PlaceProvider value={place}>
        <Odd />
      </PlaceProvider>,
    );
    expect(words()).toEqual(["gone", "gone", "constructor"]);
  });

  it("change at once, in the document too, and are remembered", async () => {
    await show(
      <>
        <LanguageChoice />
        <Words />
      </>,
    );
    await userEvent.selectOptions(screen.getByRole("combobox", { name: "Ngôn ngữ" }), "English");
    expect(await screen.findByText(/High/)).not.toBeNull();
    expect(document.documentElement.lang).toBe("en");
    expect(rememberedLocale()).toBe("en");
  });

  it("made strange keep their placeholders", () => {
    expect(pseudoText("Lưu {{count}} mục")).toMatch(/^⟦.*\{\{count\}\}.*⟧$/);
    expect(pseudoText("Lưu {{count}} mục")).not.toContain("Lưu");
  });
});
