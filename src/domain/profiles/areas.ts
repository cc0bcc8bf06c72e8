// Proper names that belong to a country: its provinces and ethnic groups, with their official codes.
import { codeList } from "#src/domain/record/field.ts";
import { indonesiaEthnicGroups } from "./indonesia-peoples.ts";
import { vietnamEthnicGroups } from "./vietnam-peoples.ts";

/** Source: Decision 19/2025/QĐ-TTg (34 provinces and cities since 1 July 2025), codes of the statistics office. */
const vietnamProvinces = {
  "vn-gso-01": "Hà Nội",
  "vn-gso-04": "Cao Bằng",
  "vn-gso-08": "Tuyên Quang",
  "vn-gso-11": "Điện Biên",
  "vn-gso-12": "Lai Châu",
  "vn-gso-14": "Sơn La",
  "vn-gso-15": "Lào Cai",
  "vn-gso-19": "Thái Nguyên",
  "vn-gso-20": "Lạng Sơn",
  "vn-gso-22": "Quảng Ninh",
  "vn-gso-24": "Bắc Ninh",
  "vn-gso-25": "Phú Thọ",
  "vn-gso-31": "Hải Phòng",
  "vn-gso-33": "Hưng Yên",
  "vn-gso-37": "Ninh Bình",
  "vn-gso-38": "Thanh Hóa",
  "vn-gso-40": "Nghệ An",
  "vn-gso-42": "Hà Tĩnh",
  "vn-gso-44": "Quảng Trị",
  "vn-gso-46": "Huế",
  "vn-gso-48": "Đà Nẵng",
  "vn-gso-51": "Quảng Ngãi",
  "vn-gso-52": "Gia Lai",
  "vn-gso-56": "Khánh Hòa",
  "vn-gso-66": "Đắk Lắk",
  "vn-gso-68": "Lâm Đồng",
  "vn-gso-75": "Đồng Nai",
  "vn-gso-79": "Thành phố Hồ Chí Minh",
  "vn-gso-80": "Tây Ninh",
  "vn-gso-82": "Đồng Tháp",
  "vn-gso-86": "Vĩnh Long",
  "vn-gso-91": "An Giang",
  "vn-gso-92": "Cần Thơ",
  "vn-gso-96": "Cà Mau",
} as const;

/** Source: Kepmendagri 300.2.2-2138/2025 (38 provinces), codes of the ministry of home affairs. */
const indonesiaProvinces = {
  "id-kemendagri-11": "Aceh",
  "id-kemendagri-12": "Sumatera Utara",
  "id-kemendagri-13": "Sumatera Barat",
  "id-kemendagri-14": "Riau",
  "id-kemendagri-15": "Jambi",
  "id-kemendagri-16": "Sumatera Selatan",
  "id-kemendagri-17": "Bengkulu",
  "id-kemendagri-18": "Lampung",
  "id-kemendagri-19": "Kepulauan Bangka Belitung",
  "id-kemendagri-21": "Kepulauan Riau",
  "id-kemendagri-31": "DKI Jakarta",
  "id-kemendagri-32": "Jawa Barat",
  "id-kemendagri-33": "Jawa Tengah",
  "id-kemendagri-34": "DI Yogyakarta",
  "id-kemendagri-35": "Jawa Timur",
  "id-kemendagri-36": "Banten",
  "id-kemendagri-51": "Bali",
  "id-kemendagri-52": "Nusa Tenggara Barat",
  "id-kemendagri-53": "Nusa Tenggara Timur",
  "id-kemendagri-61": "Kalimantan Barat",
  "id-kemendagri-62": "Kalimantan Tengah",
  "id-kemendagri-63": "Kalimantan Selatan",
  "id-kemendagri-64": "Kalimantan Timur",
  "id-kemendagri-65": "Kalimantan Utara",
  "id-kemendagri-71": "Sulawesi Utara",
  "id-kemendagri-72": "Sulawesi Tengah",
  "id-kemendagri-73": "Sulawesi Selatan",
  "id-kemendagri-74": "Sulawesi Tenggara",
  "id-kemendagri-75": "Gorontalo",
  "id-kemendagri-76": "Sulawesi Barat",
  "id-kemendagri-81": "Maluku",
  "id-kemendagri-82": "Maluku Utara",
  "id-kemendagri-91": "Papua",
  "id-kemendagri-92": "Papua Barat",
  "id-kemendagri-93": "Papua Selatan",
  "id-kemendagri-94": "Papua Tengah",
  "id-kemendagri-95": "Papua Pegunungan",
  "id-kemendagri-96": "Papua Barat Daya",
} as const;

const allProvinces = { ...vietnamProvinces, ...indonesiaProvinces };

/** Code → proper name, the same in every language. */
export const properNames: Readonly<Record<string, string>> = {
  ...allProvinces,
  ...vietnamEthnicGroups,
  ...indonesiaEthnicGroups,
};

export const provinces = codeList("province", [...Object.keys(allProvinces), "elsewhere"], {
  names: "profile",
});
export const ethnicGroups = codeList(
  "ethnicGroup",
  [...Object.keys(vietnamEthnicGroups), ...Object.keys(indonesiaEthnicGroups), "other"],
  { names: "profile" },
);

/** The province a site lies in: itself, or the nearest above it that is one. */
export const provinceOf = (site: {
  readonly siteId: string;
  readonly ancestors: readonly string[];
}): string | undefined =>
  [site.siteId, ...site.ancestors].find((place) => Object.hasOwn(allProvinces, place));
