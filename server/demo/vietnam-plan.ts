// The Vietnamese demo's sites and accounts: Đà Nẵng with a ward, a commune and a facility; phone numbers are made up.
import type { Plan } from "#server/provision/plan.ts";

const city = "vn-gso-48";
const haiVan = "vn-gso-20194";
const hoaVang = "vn-gso-20320";
const facility = "vn-demo-48-01";
const timeZone = "Asia/Ho_Chi_Minh";

export const vietnamSites = { city, haiVan, hoaVang, facility };

export const vietnamPlan: Plan = {
  country: "vn",
  sites: [
    {
      id: city,
      names: { vi: "Thành phố Đà Nẵng (mẫu)", en: "Đà Nẵng City (demo)", id: "Kota Đà Nẵng (contoh)" },
      kind: "office",
      ancestors: [],
      timeZone,
      shortCode: "DNG",
      profile: "vn",
      phones: ["0236 000 0048 — Trực ban thành phố (số mẫu)"],
    },
    {
      id: haiVan,
      names: { vi: "Phường Hải Vân (mẫu)", en: "Hải Vân Ward (demo)", id: "Kelurahan Hải Vân (contoh)" },
      kind: "commune",
      ancestors: [city],
      timeZone,
      shortCode: "HVN",
      profile: "vn",
      phones: ["0236 000 0194 — Công an phường (số mẫu)", "0236 000 0195 — Trạm y tế phường (số mẫu)"],
    },
    {
      id: hoaVang,
      names: { vi: "Xã Hòa Vang (mẫu)", en: "Hòa Vang Commune (demo)", id: "Kecamatan Hòa Vang (contoh)" },
      kind: "commune",
      ancestors: [city],
      timeZone,
      shortCode: "HVG",
      profile: "vn",
      phones: ["0236 000 0320 — Công an xã (số mẫu)", "0236 000 0321 — Trạm y tế xã (số mẫu)"],
    },
    {
      id: facility,
      names: {
        vi: "Cơ sở trợ giúp xã hội Bình Yên (mẫu)",
        en: "Bình Yên Social Assistance Facility (demo)",
        id: "Balai Bantuan Sosial Bình Yên (contoh)",
      },
      kind: "facility",
      ancestors: [city],
      timeZone,
      shortCode: "CSBY",
      profile: "vn",
      phones: ["0236 000 0481 — Trực cơ sở, ngày và đêm (số mẫu)"],
    },
  ],
  accounts: [
    { name: "canbo-haivan", displayName: "Võ Mẫu Hiền", roles: [`cadre@${haiVan}`] },
    { name: "canbo-hoavang", displayName: "Phan Mẫu Lâm", roles: [`cadre@${hoaVang}`] },
    { name: "nhanvien-coso", displayName: "Đặng Mẫu Thảo", roles: [`social_worker@${facility}`] },
    { name: "giamsat-danang", displayName: "Hồ Mẫu Minh", roles: [`supervisor@${city}`] },
    { name: "quantri", displayName: "Bùi Mẫu Khang", roles: [`administrator@${city}`] },
  ],
};

/** Without marks, so that they can be typed with every keyboard. */
export const vietnamPasswords = {
  "canbo-haivan": "may trang tren deo",
  "canbo-hoavang": "lua vang ven song",
  "nhanvien-coso": "hoa sua dau ngo",
  "giamsat-danang": "gio bien ban mai",
  quantri: "cau go qua suoi",
};
