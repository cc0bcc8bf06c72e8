// Twelve made-up people of the Indonesian demo, in all stages; every name ends in "Contoh", "sample".
import type { FormValues } from "#src/domain/record/clean.ts";
import { indonesiaSites } from "./indonesia-plan.ts";
import type { Storyteller } from "./storyteller.ts";

const { acehSelatan, bandaAceh, shelter } = indonesiaSites;
const inSelatan = "petugas-selatan";
const inBanda = "petugas-banda";
const atShelter = "peksos-rumahaman";
const supervisor = "penyelia-aceh";

const agreed = { decision: "given", givenBy: "self", how: "spoken_before_witness", language: "id" };
const agreedWithGuardian = { ...agreed, givenBy: "both", how: "signed", minorAssent: true };
const allNo = {
  lifeInDanger: false,
  suicidal: false,
  traffickerNear: false,
  minorWithoutAdult: false,
  recentSexualViolence: false,
  urgentMedical: false,
  noShelterTonight: false,
  companionMissing: false,
};
const victim = { group: "victim_or_being_identified" };
const reported = { responsibleBody: "UPTD PPA Provinsi Aceh", how: "Telepon, lalu surat" };
const police = { responsibleBody: "Polda Aceh" };
const indonesian = { citizenship: "ID", language: "id", ethnicity: "id-aceh" };
const fromAceh = (commune: string) => ({ homeArea: { province: "id-kemendagri-11", commune } });
const identifiedBy = (number: string) => ({
  ...police,
  documentKind: "Surat keterangan korban",
  documentNumber: number,
});
const standing = (values: FormValues) => ({ domains: { safety: "stable", housing: "stable", ...values } });
const visited = { mode: "home", outcome: "contact_made", retraffickingSign: false };

export function tellIndonesia(tell: Storyteller): void {
  tellArrivals(tell);
  tellCommunity(tell);
  tellReturned(tell);
  tellClosing(tell);
  tellShelter(tell);
}

function tellArrivals(tell: Storyteller): void {
  const melati = tell.receive(0.12, inSelatan, {
    siteId: acehSelatan,
    consent: { ...agreed, witness: "Petugas loket" },
    urgentCheck: { ...allNo, urgentMedical: true, noShelterTonight: true },
    person: {
      displayName: "Melati Contoh",
      sex: "female",
      ageYears: 20,
      ...indonesian,
      ...fromAceh("Tapaktuan"),
      safeContact: {
        way: "through_person",
        throughPerson: "Bibi, Ibu Contoh",
        whatToSay: "Menanyakan kursus menjahit",
        neverDo: "Jangan menelepon nomor kakaknya",
      },
      unanswered: { maritalStatus: "declined" },
    },
    case: { ...victim, channel: "border_guard", riskLevel: "high", nextContactOn: tell.day(1) },
    planItem: { need: ["medical", "safe_place", "contact_family"] },
  });
  tell.act(melati, 0.08, "noShelterTonight", {
    action: "Sudah disediakan kamar aman untuk tiga malam.",
    toldWhom: "Kepala dinas",
  });

  const guntur = tell.receive(4.1, inSelatan, {
    siteId: acehSelatan,
    consent: agreed,
    urgentCheck: { ...allNo, suicidal: undefined, unanswered: { suicidal: "later" } },
    person: {
      displayName: "Guntur Contoh",
      sex: "male",
      birthDate: "1998-03",
      ...indonesian,
      ...fromAceh("Bakongan"),
      safeContact: { way: "phone", phone: "0800 000 002 (nomor contoh)", hours: "Setelah pukul 19" },
      unanswered: { education: "declined", paperNumber: "unknown" },
    },
    case: { ...victim, channel: "self", riskLevel: "medium", nextContactOn: tell.day(-1) },
    planItem: { need: ["papers", "work_or_training"] },
  });
  tell.note(
    guntur,
    3.9,
    "Paspornya ditahan di tempat kerja di luar negeri. Belum ingin bercerita lebih banyak.",
  );

  const unnamed = tell.receive(2.3, inBanda, {
    siteId: bandaAceh,
    consent: {
      decision: "refused",
      givenBy: "self",
      language: "id",
      limits: "Belum mau menyebut nama. Tanyakan lagi nanti.",
    },
    urgentCheck: { ...allNo, traffickerNear: undefined, unanswered: { traffickerNear: "unknown" } },
    case: { ...victim, channel: "hotline", riskLevel: "medium", nextContactOn: tell.day(2) },
    planItem: { need: ["someone_to_talk_to", "safe_place"] },
  });
  tell.status(unnamed, 1.2, "notified", { ...reported, how: "Surat, tanpa identitas" });
}

function tellCommunity(tell: Storyteller): void {
  const kenanga = tell.receive(22, inSelatan, {
    siteId: acehSelatan,
    consent: agreed,
    urgentCheck: allNo,
    person: {
      displayName: "Kenanga Contoh",
      sex: "female",
      birthDate: "1991",
      ...indonesian,
      ...fromAceh("Labuhanhaji"),
      maritalStatus: "divorced",
      childrenCount: 1,
      safeContact: { way: "visit", hours: "Pagi hari" },
    },
    case: { ...victim, channel: "police", riskLevel: "medium", nextContactOn: tell.day(-12) },
    planItem: { need: ["legal_advice", "money_to_start"] },
  });
  tell.status(kenanga, 21.6, "notified", reported);
  tell.stage(kenanga, 19, "community_support", {
    reason: "Tinggal bersama ibunya, perlu dukungan di rumah.",
  });

  const dahlia = tell.receive(38, inBanda, {
    siteId: bandaAceh,
    consent: agreed,
    urgentCheck: allNo,
    person: {
      displayName: "Dahlia Contoh",
      sex: "female",
      birthDate: "1994-07-15",
      ...indonesian,
      ...fromAceh("Kuta Alam"),
      childrenCount: 1,
      safeContact: { way: "phone", phone: "0800 000 005 (nomor contoh)", neverDo: "Jangan tinggalkan pesan" },
    },
    case: { ...victim, channel: "mission", riskLevel: "medium", nextContactOn: tell.day(-30) },
    planItem: { need: ["medical", "childcare"] },
  });
  tell.status(dahlia, 37.8, "notified", reported);
  tell.status(dahlia, 17, "identification_requested", { ...police, documentNumber: "CONTOH-05" }, supervisor);
  tell.stage(dahlia, 34, "community_support");
  tell.plan(dahlia, 33, "medical", { agreed: "yes", status: "in_progress", provider: "Puskesmas" });
  tell.plan(dahlia, 12, "medical", { status: "delivered", deliveredOn: tell.day(-12) });

  const bintang = tell.receive(37.9, inBanda, {
    siteId: bandaAceh,
    consent: agreedWithGuardian,
    urgentCheck: allNo,
    person: {
      displayName: "Bintang Contoh",
      sex: "male",
      ageYears: 9,
      ...indonesian,
      ...fromAceh("Kuta Alam"),
      legalRepresentative: "Ibu, Dahlia Contoh",
      safeContact: { way: "through_person", throughPerson: "Ibunya" },
    },
    case: {
      group: "accompanying_under_18",
      accompanies: dahlia.caseId,
      channel: "mission",
      riskLevel: "low",
    },
    planItem: { need: ["schooling"] },
  });
  tell.stage(bintang, 34, "community_support");
  tell.plan(bintang, 33, "schooling", {
    agreed: "yes",
    status: "in_progress",
    provider: "Sekolah dasar setempat",
  });
}

function tellReturned(tell: Storyteller): void {
  const cempaka = tell.receive(110, inBanda, {
    siteId: bandaAceh,
    consent: agreed,
    urgentCheck: allNo,
    person: {
      displayName: "Cempaka Contoh",
      sex: "female",
      birthDate: "1988-11",
      ...indonesian,
      ...fromAceh("Meuraxa"),
      education: "lower_secondary",
      safeContact: { way: "visit", hours: "Sabtu sore" },
    },
    case: { ...victim, channel: "police", riskLevel: "medium" },
    planItem: { need: ["work_or_training"] },
  });
  tell.status(cempaka, 109.5, "notified", reported);
  tell.status(
    cempaka,
    100,
    "identification_requested",
    { ...police, documentNumber: "CONTOH-07" },
    supervisor,
  );
  tell.status(cempaka, 84, "identified", identifiedBy("CONTOH-07/K"), supervisor);
  tell.stage(cempaka, 105, "community_support");
  tell.plan(cempaka, 100, "work_or_training", { agreed: "yes", status: "agreed", dueOn: tell.day(-20) });
  tell.stage(cempaka, 75, "reintegration", { reason: "Sudah pulang dan bekerja di usaha jahit." });
  tell.visit(cempaka, 72, {
    ...visited,
    ...standing({ health: "fragile", income: "fragile" }),
    riskLevel: "medium",
    personsView: "Tidur lebih nyenyak, masih memikirkan uang.",
    nextOn: tell.day(-40),
  });
  tell.visit(cempaka, 25, {
    ...visited,
    ...standing({ income: "stable" }),
    riskLevel: "low",
    nextOn: tell.day(5),
  });

  const anggrek = tell.receive(60, inSelatan, {
    siteId: acehSelatan,
    consent: agreed,
    urgentCheck: { ...allNo, traffickerNear: true },
    person: {
      displayName: "Anggrek Contoh",
      sex: "female",
      birthDate: "2003-02-20",
      ...indonesian,
      ...fromAceh("Kluet Utara"),
      safeContact: { way: "through_person", throughPerson: "Nenek" },
    },
    case: { ...victim, channel: "family", riskLevel: "high" },
    planItem: { need: ["safe_place", "someone_to_talk_to"] },
  });
  tell.act(anggrek, 59.8, "traffickerNear", {
    action: "Melapor ke polsek, pindah ke rumah nenek, menyepakati kata sandi saat menelepon.",
    toldWhom: "Kapolsek",
  });
  tell.status(anggrek, 59.7, "notified", reported);
  tell.status(anggrek, 55, "identified", identifiedBy("CONTOH-08/K"), supervisor);
  tell.stage(anggrek, 50, "community_support");
  tell.plan(anggrek, 49, "someone_to_talk_to", { agreed: "yes", status: "in_progress" });
  tell.stage(anggrek, 22, "reintegration");
  tell.visit(anggrek, 18, {
    ...visited,
    domains: { safety: "fragile", housing: "stable", mentalHealth: "bad", family: "fragile" },
    riskLevel: "high",
    newNeeds: ["legal_advice"],
    nextOn: tell.day(-4),
  });
  tell.consent(anggrek, 18, { ...agreed, purpose: "contact_at_home" });
}

function tellClosing(tell: Storyteller): void {
  const wahyu = tell.receive(300, inSelatan, {
    siteId: acehSelatan,
    consent: agreed,
    urgentCheck: allNo,
    person: {
      displayName: "Wahyu Contoh",
      sex: "male",
      birthDate: "1979-05",
      ...indonesian,
      ...fromAceh("Tapaktuan"),
      safeContact: { way: "phone", phone: "0800 000 010 (nomor contoh)" },
    },
    case: { ...victim, channel: "ngo", riskLevel: "low" },
    planItem: { need: ["money_to_start"] },
  });
  tell.status(wahyu, 299, "identified", identifiedBy("CONTOH-10/K"), supervisor);
  tell.stage(wahyu, 290, "community_support");
  tell.plan(wahyu, 289, "money_to_start", {
    agreed: "yes",
    status: "delivered",
    deliveredOn: tell.day(-250),
  });
  tell.stage(wahyu, 240, "reintegration");
  tell.visit(wahyu, 60, {
    ...visited,
    mode: "phone",
    ...standing({ income: "stable" }),
    riskLevel: "low",
    nextOn: tell.day(30),
  });
  tell.stage(wahyu, 9, "closure_requested", {
    reason: "Sudah mandiri, setuju ditutup, dan tahu cara menghubungi kami lagi.",
  });

  const sekar = tell.receive(400, inBanda, {
    siteId: bandaAceh,
    consent: agreed,
    urgentCheck: allNo,
    person: {
      displayName: "Sekar Contoh",
      sex: "female",
      birthDate: "1990",
      ...indonesian,
      ...fromAceh("Ulee Kareng"),
    },
    case: { ...victim, channel: "police", riskLevel: "low" },
    planItem: { need: ["papers"] },
  });
  tell.status(sekar, 399.5, "notified", reported);
  tell.status(sekar, 395, "identified", identifiedBy("CONTOH-11/K"), supervisor);
  tell.stage(sekar, 390, "community_support");
  tell.plan(sekar, 389, "papers", { agreed: "yes", status: "delivered", deliveredOn: tell.day(-360) });
  tell.stage(sekar, 350, "reintegration");
  tell.visit(sekar, 120, { ...visited, ...standing({ income: "stable" }), riskLevel: "low" });
  tell.note(sekar, 119, "Menelepon nomor baru, sudah pindah tempat kerja.");
  tell.voidNote(sekar, 118.9, "Salah berkas, ini tentang orang lain.");
  tell.stage(sekar, 40, "closure_requested", {
    reason: "Masa kunjungan 12 bulan selesai, yang bersangkutan setuju.",
  });
  tell.stage(sekar, 36, "closed", { reason: "Disetujui. Boleh kembali kapan saja." }, supervisor);
}

function tellShelter(tell: Storyteller): void {
  const mawar = tell.receive(101, atShelter, {
    siteId: shelter,
    consent: agreed,
    urgentCheck: { ...allNo, recentSexualViolence: true },
    person: {
      displayName: "Mawar Contoh",
      sex: "female",
      ageYears: 24,
      citizenship: "ID",
      language: "jv",
      interpreterNeeded: true,
      ethnicity: "id-jawa",
      homeArea: { province: "id-kemendagri-35" },
      safeContact: { way: "none" },
      unanswered: { birthDate: "unknown", "homeArea.commune": "declined" },
    },
    case: { ...victim, channel: "border_guard", riskLevel: "high" },
    planItem: { need: ["medical", "travel_home", "someone_to_talk_to"] },
  });
  tell.act(mawar, 100.9, "recentSexualViolence", {
    action: "Diantar ke rumah sakit malam itu juga, didampingi petugas perempuan.",
    toldWhom: "Dokter jaga",
  });
  tell.status(mawar, 100.8, "notified", reported);
  tell.status(mawar, 70, "identification_requested", { ...police, documentNumber: "CONTOH-12" }, supervisor);
  tell.status(
    mawar,
    50,
    "not_identified",
    { ...police, reason: "Bukti belum cukup. Sudah dijelaskan." },
    supervisor,
  );
  tell.stage(mawar, 100, "facility_stay");
  tell.plan(mawar, 98, "medical", { agreed: "yes", status: "delivered", deliveredOn: tell.day(-97) });
  tell.consent(mawar, 30, { ...agreed, purpose: "share_for_referral" });
  tell.consent(mawar, 3, { purpose: "share_for_referral", decision: "withdrawn", givenBy: "self" });

  const bayu = tell.receive(0.9, atShelter, {
    siteId: shelter,
    consent: agreedWithGuardian,
    urgentCheck: {
      ...allNo,
      minorWithoutAdult: true,
      lifeInDanger: undefined,
      unanswered: { lifeInDanger: "unknown" },
    },
    person: {
      displayName: "Bayu Contoh",
      sex: "male",
      ageYears: 16,
      ...indonesian,
      ...fromAceh("Simeulue Timur"),
      legalRepresentative: "Kakek (sudah dihubungi lewat telepon)",
      safeContact: { way: "through_person", throughPerson: "Kakek" },
      unanswered: { education: "later" },
    },
    case: { ...victim, channel: "police", riskLevel: "high", nextContactOn: tell.day(0) },
    planItem: { need: ["contact_family", "schooling"] },
  });
  tell.act(bayu, 0.85, "minorWithoutAdult", {
    action: "Ditemani petugas laki-laki pada malam pertama; kakeknya sudah ditelepon.",
    toldWhom: "Kepala rumah aman",
  });
  tell.status(bayu, 0.5, "notified", reported);
}
