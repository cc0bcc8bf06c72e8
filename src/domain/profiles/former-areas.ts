// Provinces that people still name and that are part of another now: found by their old names.

/**
 * Code of today's province → names of those that became part of it. Source: Resolution 202/2025/QH15 (from 63 to 34, since
 * 1 July 2025); Hà Tây: Resolution 15/2008/QH12; Thừa Thiên Huế: Resolution 175/2024/QH15.
 */
export const formerAreas: Readonly<Record<string, readonly string[]>> = {
  "vn-gso-01": ["Hà Tây"],
  "vn-gso-08": ["Hà Giang"],
  "vn-gso-15": ["Yên Bái"],
  "vn-gso-19": ["Bắc Kạn"],
  "vn-gso-24": ["Bắc Giang"],
  "vn-gso-25": ["Vĩnh Phúc", "Hòa Bình"],
  "vn-gso-31": ["Hải Dương"],
  "vn-gso-33": ["Thái Bình"],
  "vn-gso-37": ["Hà Nam", "Nam Định"],
  "vn-gso-44": ["Quảng Bình"],
  "vn-gso-46": ["Thừa Thiên Huế"],
  "vn-gso-48": ["Quảng Nam"],
  "vn-gso-51": ["Kon Tum"],
  "vn-gso-52": ["Bình Định"],
  "vn-gso-56": ["Ninh Thuận"],
  "vn-gso-66": ["Phú Yên"],
  "vn-gso-68": ["Đắk Nông", "Bình Thuận"],
  "vn-gso-75": ["Bình Phước"],
  "vn-gso-79": ["Bình Dương", "Bà Rịa – Vũng Tàu"],
  "vn-gso-80": ["Long An"],
  "vn-gso-82": ["Tiền Giang"],
  "vn-gso-86": ["Bến Tre", "Trà Vinh"],
  "vn-gso-91": ["Kiên Giang"],
  "vn-gso-92": ["Sóc Trăng", "Hậu Giang"],
  "vn-gso-96": ["Bạc Liêu"],
};
