// The Indonesian demo's sites and accounts: Aceh with a regency, a city and a shelter; phone numbers are made up.
import type { Plan } from "#server/provision/plan.ts";

const province = "id-kemendagri-11";
const acehSelatan = "id-kemendagri-11-01";
const bandaAceh = "id-kemendagri-11-71";
const shelter = "id-demo-11-01";
const timeZone = "Asia/Jakarta";

export const indonesiaSites = { province, acehSelatan, bandaAceh, shelter };

export const indonesiaPlan: Plan = {
  country: "id",
  sites: [
    {
      id: province,
      names: { vi: "Tỉnh Aceh (mẫu)", en: "Aceh Province (demo)", id: "Provinsi Aceh (contoh)" },
      kind: "office",
      ancestors: [],
      timeZone,
      shortCode: "ACH",
      profile: "id",
      phones: ["0651 000 011 — Piket provinsi (nomor contoh)"],
    },
    {
      id: acehSelatan,
      names: {
        vi: "Huyện Aceh Selatan (mẫu)",
        en: "Aceh Selatan Regency (demo)",
        id: "Kabupaten Aceh Selatan (contoh)",
      },
      kind: "commune",
      ancestors: [province],
      timeZone,
      shortCode: "ASL",
      profile: "id",
      phones: ["0656 000 110 — Polres (nomor contoh)", "0656 000 118 — Puskesmas (nomor contoh)"],
    },
    {
      id: bandaAceh,
      names: {
        vi: "Thành phố Banda Aceh (mẫu)",
        en: "Banda Aceh City (demo)",
        id: "Kota Banda Aceh (contoh)",
      },
      kind: "commune",
      ancestors: [province],
      timeZone,
      shortCode: "BNA",
      profile: "id",
      phones: ["0651 000 110 — Polresta (nomor contoh)", "0651 000 118 — Puskesmas (nomor contoh)"],
    },
    {
      id: shelter,
      names: { vi: "Nhà An Toàn Aceh (mẫu)", en: "Aceh Safe House (demo)", id: "Rumah Aman Aceh (contoh)" },
      kind: "facility",
      ancestors: [province],
      timeZone,
      shortCode: "RAA",
      profile: "id",
      phones: ["0651 000 024 — Penjaga rumah aman, siang dan malam (nomor contoh)"],
    },
  ],
  accounts: [
    { name: "petugas-selatan", displayName: "Contoh Rahmi", roles: [`cadre@${acehSelatan}`] },
    { name: "petugas-banda", displayName: "Contoh Fajar", roles: [`cadre@${bandaAceh}`] },
    { name: "peksos-rumahaman", displayName: "Contoh Nurul", roles: [`social_worker@${shelter}`] },
    { name: "penyelia-aceh", displayName: "Contoh Iskandar", roles: [`supervisor@${province}`] },
    { name: "admin-aceh", displayName: "Contoh Yusuf", roles: [`administrator@${province}`] },
  ],
};

export const indonesiaPasswords = {
  "petugas-selatan": "kopi hangat di pagi hari",
  "petugas-banda": "ombak tenang di pantai",
  "peksos-rumahaman": "bunga melati di taman",
  "penyelia-aceh": "angin sore dari bukit",
  "admin-aceh": "jalan pulang ke rumah",
};
