// Reasons for which this device itself keeps a record back, beside those that the centre gives and `erasedAtCentre`.

/** Another record, one that never changes, has the same id at the centre. */
export const sameId = "sameId";
/** At the centre a newer version of the product has changed it: after an update here it can be sent again. */
export const newerAtCentre = "newerAtCentre";
