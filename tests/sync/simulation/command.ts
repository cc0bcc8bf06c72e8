// What the scripts of `npm run simulate` call.
export { main } from "./main.ts";
export { answerPieces, newLanes } from "./lanes.ts";
