// Fourteen made-up people of the Vietnamese demo, in all stages; every family name is followed by "Mẫu", "sample".
import type { FormValues } from "#src/domain/record/clean.ts";
import type { Storyteller } from "./storyteller.ts";
import { vietnamSites } from "./vietnam-plan.ts";

const { haiVan, hoaVang, facility } = vietnamSites;
const inHaiVan = "canbo-haivan";
const inHoaVang = "canbo-hoavang";
const atFacility = "nhanvien-coso";
const supervisor = "giamsat-danang";

const agreed = { decision: "given", givenBy: "self", how: "spoken_before_witness", language: "vi" };
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
const health = { responsibleBody: "Sở Y tế thành phố Đà Nẵng", how: "Điện thoại, gửi văn bản sau" };
const police = { responsibleBody: "Công an thành phố Đà Nẵng" };
const fromDaNang = (commune: string) => ({ homeArea: { province: "vn-gso-48", commune } });
const vietnamese = { citizenship: "VN", language: "vi", ethnicity: "vn-01" };
const paper = (number: string) => ({
  ...police,
  documentKind: "Giấy xác nhận nạn nhân",
  documentNumber: number,
});
const standing = (values: FormValues) => ({ domains: { safety: "stable", housing: "stable", ...values } });
const visited = { mode: "home", outcome: "contact_made", retraffickingSign: false };

export function tellVietnam(tell: Storyteller): void {
  tellArrivals(tell);
  tellCommunity(tell);
  tellReturned(tell);
  tellClosing(tell);
  tellFacility(tell);
}

function tellArrivals(tell: Storyteller): void {
  const an = tell.receive(0.12, inHaiVan, {
    siteId: haiVan,
    consent: { ...agreed, witness: "Chị trực phòng tiếp dân" },
    urgentCheck: { ...allNo, urgentMedical: true, noShelterTonight: true },
    person: {
      displayName: "Nguyễn Mẫu An",
      sex: "female",
      ageYears: 19,
      ...vietnamese,
      ...fromDaNang("Hải Vân"),
      safeContact: {
        way: "through_person",
        throughPerson: "Dì ruột, chị Mẫu Hoa",
        whatToSay: "Hỏi chuyện lớp học may",
        neverDo: "Không gọi vào số của anh trai",
      },
      unanswered: { maritalStatus: "declined" },
    },
    case: { ...victim, channel: "border_guard", riskLevel: "high", nextContactOn: tell.day(1) },
    planItem: { need: ["medical", "safe_place", "contact_family"] },
  });
  tell.act(an, 0.08, "noShelterTonight", {
    action: "Đã xếp phòng nghỉ an toàn tại nhà khách của phường trong ba đêm.",
    toldWhom: "Phó chủ tịch phường",
  });

  const binh = tell.receive(4.1, inHaiVan, {
    siteId: haiVan,
    consent: agreed,
    urgentCheck: { ...allNo, suicidal: undefined, unanswered: { suicidal: "later" } },
    person: {
      displayName: "Trần Mẫu Bình",
      sex: "male",
      birthDate: "1998-03",
      ...vietnamese,
      ...fromDaNang("Hải Vân"),
      safeContact: { way: "phone", phone: "0900 000 002 (số mẫu)", hours: "Sau 19 giờ" },
      unanswered: { education: "declined", paperNumber: "unknown" },
    },
    case: { ...victim, channel: "self", riskLevel: "medium", nextContactOn: tell.day(-1) },
    planItem: { need: ["papers", "work_or_training"] },
  });
  tell.note(binh, 3.9, "Anh kể bị giữ giấy tờ khi làm cho một công ty ở nước ngoài. Chưa muốn nói thêm.");

  const unnamed = tell.receive(2.3, inHaiVan, {
    siteId: haiVan,
    consent: {
      decision: "refused",
      givenBy: "self",
      language: "vi",
      limits: "Chưa muốn cho biết tên. Hỏi lại sau.",
    },
    urgentCheck: { ...allNo, traffickerNear: undefined, unanswered: { traffickerNear: "unknown" } },
    case: { ...victim, channel: "hotline", riskLevel: "medium", nextContactOn: tell.day(2) },
    planItem: { need: ["someone_to_talk_to", "safe_place"] },
  });
  tell.status(unnamed, 1.2, "notified", { ...health, how: "Văn bản, không nêu danh tính" });
}

function tellCommunity(tell: Storyteller): void {
  const chi = tell.receive(22, inHaiVan, {
    siteId: haiVan,
    consent: agreed,
    urgentCheck: allNo,
    person: {
      displayName: "Lê Mẫu Chi",
      sex: "female",
      birthDate: "1991",
      ...vietnamese,
      ...fromDaNang("Hải Vân"),
      maritalStatus: "divorced",
      childrenCount: 1,
      safeContact: { way: "visit", hours: "Buổi sáng", whatToSay: "Đến thăm của hội phụ nữ" },
    },
    case: { ...victim, channel: "police", riskLevel: "medium", nextContactOn: tell.day(-12) },
    planItem: { need: ["legal_advice", "money_to_start"] },
  });
  tell.status(chi, 21.6, "notified", health);
  tell.status(chi, 20, "initially_verified", police, supervisor);
  tell.stage(chi, 19, "community_support", { reason: "Chị về ở với mẹ, cần hỗ trợ tại nhà." });
  tell.consent(chi, 18, {
    ...agreed,
    purpose: "share_for_referral",
    limits: "Chỉ chia sẻ với trung tâm trợ giúp pháp lý.",
  });

  const dung = tell.receive(38, inHoaVang, {
    siteId: hoaVang,
    consent: agreed,
    urgentCheck: allNo,
    person: {
      displayName: "Phạm Mẫu Dung",
      sex: "female",
      birthDate: "1994-07-15",
      ...vietnamese,
      ethnicity: "vn-26",
      ...fromDaNang("Hòa Vang"),
      childrenCount: 1,
      safeContact: { way: "phone", phone: "0900 000 005 (số mẫu)", neverDo: "Không để lại tin nhắn" },
      unanswered: { maritalStatus: "declined" },
    },
    case: { ...victim, channel: "mission", riskLevel: "medium", nextContactOn: tell.day(-30) },
    planItem: { need: ["medical", "childcare", "work_or_training"] },
  });
  tell.status(dung, 37.8, "notified", health);
  tell.status(dung, 35, "initially_verified", police, supervisor);
  tell.status(dung, 17, "identification_requested", { ...police, documentNumber: "MAU-05/CV" }, supervisor);
  tell.stage(dung, 34, "community_support");
  tell.plan(dung, 33, "medical", { agreed: "yes", status: "in_progress", provider: "Trạm y tế xã" });
  tell.plan(dung, 12, "medical", { status: "delivered", deliveredOn: tell.day(-12) });
  tell.plan(dung, 33, "work_or_training", {
    agreed: "yes",
    status: "agreed",
    inOwnWords: "Tôi muốn học may để làm ở gần nhà.",
    dueOn: tell.day(20),
  });

  const giang = tell.receive(37.9, inHoaVang, {
    siteId: hoaVang,
    consent: agreedWithGuardian,
    urgentCheck: allNo,
    person: {
      displayName: "Phạm Mẫu Giang",
      sex: "male",
      ageYears: 9,
      ...vietnamese,
      ethnicity: "vn-26",
      ...fromDaNang("Hòa Vang"),
      legalRepresentative: "Mẹ, chị Phạm Mẫu Dung",
      safeContact: { way: "through_person", throughPerson: "Mẹ" },
    },
    case: { group: "accompanying_under_18", accompanies: dung.caseId, channel: "mission", riskLevel: "low" },
    planItem: { need: ["schooling"] },
  });
  tell.stage(giang, 34, "community_support");
  tell.plan(giang, 33, "schooling", {
    agreed: "yes",
    status: "in_progress",
    provider: "Trường tiểu học của xã",
  });
}

function tellReturned(tell: Storyteller): void {
  const hanh = tell.receive(110, inHoaVang, {
    siteId: hoaVang,
    consent: agreed,
    urgentCheck: allNo,
    person: {
      displayName: "Hoàng Mẫu Hạnh",
      sex: "female",
      birthDate: "1988-11",
      ...vietnamese,
      ...fromDaNang("Hòa Vang"),
      education: "lower_secondary",
      safeContact: { way: "visit", hours: "Chiều thứ bảy" },
    },
    case: { ...victim, channel: "police", riskLevel: "medium" },
    planItem: { need: ["work_or_training", "money_to_start"] },
  });
  tell.status(hanh, 109.5, "notified", health);
  tell.status(hanh, 107, "initially_verified", police, supervisor);
  tell.status(hanh, 100, "identification_requested", { ...police, documentNumber: "MAU-07/CV" }, supervisor);
  tell.status(hanh, 84, "identified", paper("MAU-07/GXN"), supervisor);
  tell.stage(hanh, 105, "community_support");
  tell.plan(hanh, 100, "work_or_training", { agreed: "yes", status: "agreed", dueOn: tell.day(-20) });
  tell.stage(hanh, 75, "reintegration", { reason: "Chị đã về nhà mình, có việc làm tại xưởng may." });
  tell.plan(hanh, 45, "work_or_training", { status: "delivered", deliveredOn: tell.day(-45) });
  tell.visit(hanh, 72, {
    ...visited,
    ...standing({ health: "fragile", income: "fragile", family: "stable" }),
    riskLevel: "medium",
    personsView: "Ngủ được hơn, còn lo chuyện tiền.",
    nextOn: tell.day(-58),
  });
  tell.visit(hanh, 58, {
    ...visited,
    ...standing({ health: "stable", income: "fragile" }),
    nextOn: tell.day(-26),
  });
  tell.visit(hanh, 25, {
    ...visited,
    ...standing({ health: "stable", income: "stable", community: "stable" }),
    riskLevel: "low",
    personsView: "Tôi thấy ổn. Hàng xóm không hỏi nữa.",
    nextOn: tell.day(5),
  });

  const huong = tell.receive(60, inHoaVang, {
    siteId: hoaVang,
    consent: agreed,
    urgentCheck: { ...allNo, traffickerNear: true },
    person: {
      displayName: "Vũ Mẫu Hương",
      sex: "female",
      birthDate: "2003-02-20",
      ...vietnamese,
      ...fromDaNang("Hòa Vang"),
      safeContact: {
        way: "through_person",
        throughPerson: "Bà ngoại",
        neverDo: "Không hỏi người đàn ông cùng xóm",
      },
    },
    case: { ...victim, channel: "family", riskLevel: "high" },
    planItem: { need: ["safe_place", "someone_to_talk_to"] },
  });
  tell.act(huong, 59.8, "traffickerNear", {
    action: "Báo công an xã, đưa chị sang ở nhà bà ngoại, thống nhất mật khẩu khi gọi.",
    toldWhom: "Trưởng công an xã",
  });
  tell.status(huong, 59.7, "notified", health);
  tell.status(huong, 55, "identified", paper("MAU-08/GXN"), supervisor);
  tell.stage(huong, 50, "community_support");
  tell.plan(huong, 49, "someone_to_talk_to", {
    agreed: "yes",
    status: "in_progress",
    provider: "Tư vấn viên của thành phố",
  });
  tell.stage(huong, 22, "reintegration");
  tell.visit(huong, 18, {
    ...visited,
    domains: {
      safety: "fragile",
      housing: "stable",
      mentalHealth: "bad",
      family: "fragile",
      debt: "not_applicable",
    },
    riskLevel: "high",
    newNeeds: ["legal_advice"],
    nextOn: tell.day(-4),
    note: "Người quen cũ có nhắn tin. Đã hướng dẫn chị lưu lại tin nhắn.",
  });
  tell.consent(huong, 18, { ...agreed, purpose: "contact_at_home" });

  const khanh = tell.receive(48, inHaiVan, {
    siteId: haiVan,
    consent: agreed,
    urgentCheck: allNo,
    person: {
      displayName: "Đỗ Mẫu Khánh",
      sex: "male",
      birthDate: "1985",
      ...vietnamese,
      ...fromDaNang("Hải Vân"),
      disability: ["hearing"],
      safeContact: { way: "visit", hours: "Cuối tuần" },
    },
    case: { ...victim, channel: "coast_guard", riskLevel: "medium" },
    planItem: { need: ["papers", "medical"] },
  });
  tell.status(khanh, 47.5, "notified", health);
  tell.status(khanh, 45, "initially_verified", police, supervisor);
  tell.status(khanh, 26, "identification_requested", { ...police, documentNumber: "MAU-09/CV" }, supervisor);
  tell.stage(khanh, 44, "community_support");
  tell.plan(khanh, 43, "papers", { agreed: "yes", status: "in_progress" });
  tell.plan(khanh, 43, "medical", { agreed: "no", status: "declined_by_person" });
  tell.stage(khanh, 2, "reintegration");
}

function tellClosing(tell: Storyteller): void {
  const lan = tell.receive(300, inHaiVan, {
    siteId: haiVan,
    consent: agreed,
    urgentCheck: allNo,
    person: {
      displayName: "Ngô Mẫu Lan",
      sex: "female",
      birthDate: "1979-05",
      ...vietnamese,
      ...fromDaNang("Hải Vân"),
      safeContact: { way: "phone", phone: "0900 000 010 (số mẫu)" },
    },
    case: { ...victim, channel: "ngo", riskLevel: "low" },
    planItem: { need: ["money_to_start"] },
  });
  tell.status(
    lan,
    299,
    "identified",
    { ...paper("MAU-10/GXN"), reason: "Chị về có sẵn giấy xác nhận." },
    supervisor,
  );
  tell.stage(lan, 290, "community_support");
  tell.plan(lan, 289, "money_to_start", { agreed: "yes", status: "agreed" });
  tell.plan(lan, 250, "money_to_start", {
    status: "delivered",
    deliveredOn: tell.day(-250),
    amount: 5_000_000,
  });
  tell.stage(lan, 240, "reintegration");
  tell.visit(lan, 150, {
    ...visited,
    ...standing({ income: "stable", health: "stable" }),
    riskLevel: "low",
    nextOn: tell.day(-60),
  });
  tell.visit(lan, 60, {
    ...visited,
    mode: "phone",
    ...standing({ income: "stable", debt: "stable" }),
    nextOn: tell.day(30),
  });
  tell.stage(lan, 9, "closure_requested", {
    reason: "Chị đã ổn định, đồng ý đóng hồ sơ và biết cách liên hệ lại.",
  });

  const mai = tell.receive(400, inHoaVang, {
    siteId: hoaVang,
    consent: agreed,
    urgentCheck: allNo,
    person: {
      displayName: "Dương Mẫu Mai",
      sex: "female",
      birthDate: "1990",
      ...vietnamese,
      ...fromDaNang("Hòa Vang"),
    },
    case: { ...victim, channel: "police", riskLevel: "low" },
    planItem: { need: ["papers"] },
  });
  tell.status(mai, 399.5, "notified", health);
  tell.status(mai, 395, "identified", paper("MAU-11/GXN"), supervisor);
  tell.stage(mai, 390, "community_support");
  tell.plan(mai, 389, "papers", { agreed: "yes", status: "delivered", deliveredOn: tell.day(-360) });
  tell.stage(mai, 350, "reintegration");
  tell.visit(mai, 120, { ...visited, ...standing({ income: "stable", family: "stable" }), riskLevel: "low" });
  tell.note(mai, 119, "Gọi cho chị theo số mới, chị báo đã chuyển chỗ làm.");
  tell.voidNote(mai, 118.9, "Ghi nhầm hồ sơ, là chuyện của người khác.");
  tell.stage(mai, 40, "closure_requested", { reason: "Hết 12 tháng theo dõi, chị đồng ý." });
  tell.stage(
    mai,
    36,
    "closed",
    { reason: "Đồng ý đóng. Chị biết có thể quay lại bất cứ lúc nào." },
    supervisor,
  );
}

function tellFacility(tell: Storyteller): void {
  const nga = tell.receive(101, atFacility, {
    siteId: facility,
    consent: agreed,
    urgentCheck: { ...allNo, recentSexualViolence: true },
    person: {
      displayName: "Lý Mẫu Nga",
      sex: "female",
      ageYears: 24,
      citizenship: "VN",
      language: "hmn",
      interpreterNeeded: true,
      ethnicity: "vn-08",
      homeArea: { province: "vn-gso-15" },
      safeContact: { way: "none" },
      unanswered: { birthDate: "unknown", "homeArea.commune": "declined" },
    },
    case: { ...victim, channel: "border_guard", riskLevel: "high" },
    planItem: { need: ["medical", "interpreter", "someone_to_talk_to"] },
  });
  tell.act(nga, 100.9, "recentSexualViolence", {
    action: "Đưa chị đi khám tại bệnh viện trong đêm, có nhân viên nữ đi cùng.",
    toldWhom: "Bác sĩ trực",
  });
  tell.status(nga, 100.8, "notified", health);
  tell.status(nga, 98, "initially_verified", police, supervisor);
  tell.status(nga, 70, "identification_requested", { ...police, documentNumber: "MAU-12/CV" }, supervisor);
  tell.status(nga, 50, "extended", { ...police, reason: "Cần xác minh thêm ở tỉnh khác." }, supervisor);
  tell.stage(nga, 100, "facility_stay");
  tell.plan(nga, 98, "interpreter", { agreed: "yes", status: "in_progress" });
  tell.plan(nga, 98, "medical", { agreed: "yes", status: "delivered", deliveredOn: tell.day(-97) });
  tell.consent(nga, 2, { ...agreed, purpose: "share_for_referral" });
  tell.askTransfer(nga, 1, {
    toSite: haiVan,
    reason: "Sắp hết hạn lưu trú. Chị muốn về sống cùng người thân ở phường Hải Vân và học nghề may.",
    ground: "consent",
  });

  const oanh = tell.receive(127, atFacility, {
    siteId: facility,
    consent: agreed,
    urgentCheck: allNo,
    person: {
      displayName: "Mai Mẫu Oanh",
      sex: "female",
      birthDate: "1996-09",
      ...vietnamese,
      homeArea: { province: "vn-gso-40" },
      safeContact: { way: "phone", phone: "0900 000 013 (số mẫu)" },
    },
    case: { ...victim, channel: "hotline", riskLevel: "medium" },
    planItem: { need: ["legal_advice", "travel_home"] },
  });
  tell.status(oanh, 126.5, "notified", health);
  tell.status(oanh, 124, "initially_verified", police, supervisor);
  tell.status(oanh, 110, "identification_requested", { ...police, documentNumber: "MAU-13/CV" }, supervisor);
  tell.status(
    oanh,
    92,
    "not_identified",
    { ...police, reason: "Chưa đủ căn cứ. Đã giải thích, chị biết cách đề nghị lại." },
    supervisor,
  );
  tell.stage(oanh, 125, "facility_stay");
  tell.plan(oanh, 120, "travel_home", { agreed: "later", status: "agreed" });
  tell.consent(oanh, 30, { ...agreed, purpose: "share_for_referral" });
  tell.consent(oanh, 3, { purpose: "share_for_referral", decision: "withdrawn", givenBy: "self" });

  const phuc = tell.receive(0.9, atFacility, {
    siteId: facility,
    consent: agreedWithGuardian,
    urgentCheck: {
      ...allNo,
      minorWithoutAdult: true,
      lifeInDanger: undefined,
      unanswered: { lifeInDanger: "unknown" },
    },
    person: {
      displayName: "Trương Mẫu Phúc",
      sex: "male",
      ageYears: 16,
      ...vietnamese,
      homeArea: { province: "vn-gso-46" },
      legalRepresentative: "Ông nội (đã liên lạc qua điện thoại)",
      safeContact: { way: "through_person", throughPerson: "Ông nội" },
      unanswered: { education: "later" },
    },
    case: { ...victim, channel: "police", riskLevel: "high", nextContactOn: tell.day(0) },
    planItem: { need: ["contact_family", "schooling", "someone_to_talk_to"] },
  });
  tell.act(phuc, 0.85, "minorWithoutAdult", {
    action: "Nhân viên nam ở cùng trong đêm đầu; đã gọi cho ông nội.",
    toldWhom: "Giám đốc cơ sở",
  });
  tell.status(phuc, 0.5, "notified", health);
}
