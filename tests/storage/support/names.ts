// RxDB remembers databases by name within a process, whichever IndexedDB they lie in.
let made = 0;

export const disposableName = (): string => `x${process.pid}n${++made}`;
