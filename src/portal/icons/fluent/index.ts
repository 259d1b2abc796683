// The names that Fluent's components import from `@fluentui/react-icons`, drawn by the portal. The package of that name weighs
// 300 MB; npm puts this folder in its place (`overrides` of package.json). A name that is missing here ends the build.
import { createIcon } from '../create-icon.ts'
import { drawings } from '../drawings.ts'

export type { Icon as FluentIcon, IconProps as FluentIconsProps } from '../create-icon.ts'
export { bundleIcon, iconFilledClassName, iconRegularClassName } from './bundle-icon.ts'

export const ArrowDownRegular = /* @__PURE__ */ createIcon('ArrowDownRegular', drawings.arrowDown)
export const ArrowUpRegular = /* @__PURE__ */ createIcon('ArrowUpRegular', drawings.arrowUp)
export const Checkmark12Filled = /* @__PURE__ */ createIcon('Checkmark12Filled', drawings.checkmarkBold, '12')
export const Checkmark16Filled = /* @__PURE__ */ createIcon('Checkmark16Filled', drawings.checkmarkBold, '16')
export const CheckmarkCircle12Filled = /* @__PURE__ */ createIcon('CheckmarkCircle12Filled', drawings.success, '12')
export const CheckmarkCircleFilled = /* @__PURE__ */ createIcon('CheckmarkCircleFilled', drawings.success)
export const CheckmarkFilled = /* @__PURE__ */ createIcon('CheckmarkFilled', drawings.checkmarkBold)
export const ChevronDown16Regular = /* @__PURE__ */ createIcon('ChevronDown16Regular', drawings.chevronDown, '16')
export const ChevronDown20Regular = /* @__PURE__ */ createIcon('ChevronDown20Regular', drawings.chevronDown, '20')
export const ChevronDownRegular = /* @__PURE__ */ createIcon('ChevronDownRegular', drawings.chevronDown)
export const ChevronLeftFilled = /* @__PURE__ */ createIcon('ChevronLeftFilled', drawings.chevronLeft)
export const ChevronLeftRegular = /* @__PURE__ */ createIcon('ChevronLeftRegular', drawings.chevronLeft)
export const ChevronRight12Regular = /* @__PURE__ */ createIcon('ChevronRight12Regular', drawings.chevronRight, '12')
export const ChevronRightFilled = /* @__PURE__ */ createIcon('ChevronRightFilled', drawings.chevronRight)
export const ChevronRightRegular = /* @__PURE__ */ createIcon('ChevronRightRegular', drawings.chevronRight)
export const ChevronUp16Regular = /* @__PURE__ */ createIcon('ChevronUp16Regular', drawings.chevronUp, '16')
export const CircleFilled = /* @__PURE__ */ createIcon('CircleFilled', drawings.circle)
export const DiamondDismiss12Filled = /* @__PURE__ */ createIcon('DiamondDismiss12Filled', drawings.failure, '12')
export const DiamondDismissFilled = /* @__PURE__ */ createIcon('DiamondDismissFilled', drawings.failure)
export const Dismiss12Regular = /* @__PURE__ */ createIcon('Dismiss12Regular', drawings.dismiss, '12')
export const Dismiss20Regular = /* @__PURE__ */ createIcon('Dismiss20Regular', drawings.dismiss, '20')
export const DismissCircleFilled = /* @__PURE__ */ createIcon('DismissCircleFilled', drawings.failure)
export const DismissFilled = /* @__PURE__ */ createIcon('DismissFilled', drawings.dismiss)
export const DismissRegular = /* @__PURE__ */ createIcon('DismissRegular', drawings.dismiss)
export const Info12Filled = /* @__PURE__ */ createIcon('Info12Filled', drawings.information, '12')
export const Info12Regular = /* @__PURE__ */ createIcon('Info12Regular', drawings.informationLine, '12')
export const Info16Filled = /* @__PURE__ */ createIcon('Info16Filled', drawings.information, '16')
export const Info16Regular = /* @__PURE__ */ createIcon('Info16Regular', drawings.informationLine, '16')
export const Info20Filled = /* @__PURE__ */ createIcon('Info20Filled', drawings.information, '20')
export const Info20Regular = /* @__PURE__ */ createIcon('Info20Regular', drawings.informationLine, '20')
export const InfoFilled = /* @__PURE__ */ createIcon('InfoFilled', drawings.information)
export const Lightbulb16Regular = /* @__PURE__ */ createIcon('Lightbulb16Regular', drawings.bulb, '16')
export const MoreHorizontalFilled = /* @__PURE__ */ createIcon('MoreHorizontalFilled', drawings.more)
export const MoreHorizontalRegular = /* @__PURE__ */ createIcon('MoreHorizontalRegular', drawings.more)
export const Navigation20Filled = /* @__PURE__ */ createIcon('Navigation20Filled', drawings.menu, '20')
export const PauseCircleRegular = /* @__PURE__ */ createIcon('PauseCircleRegular', drawings.pause)
export const PersonRegular = /* @__PURE__ */ createIcon('PersonRegular', drawings.person)
export const Pin20Regular = /* @__PURE__ */ createIcon('Pin20Regular', drawings.pin, '20')
export const PlayCircleRegular = /* @__PURE__ */ createIcon('PlayCircleRegular', drawings.play)
export const ProhibitedFilled = /* @__PURE__ */ createIcon('ProhibitedFilled', drawings.prohibited)
export const SearchRegular = /* @__PURE__ */ createIcon('SearchRegular', drawings.search)
export const Square12Filled = /* @__PURE__ */ createIcon('Square12Filled', drawings.square, '12')
export const Square16Filled = /* @__PURE__ */ createIcon('Square16Filled', drawings.square, '16')
export const StarFilled = /* @__PURE__ */ createIcon('StarFilled', drawings.starFilled)
export const StarRegular = /* @__PURE__ */ createIcon('StarRegular', drawings.star)
export const Warning12Filled = /* @__PURE__ */ createIcon('Warning12Filled', drawings.warning, '12')
export const WarningFilled = /* @__PURE__ */ createIcon('WarningFilled', drawings.warning)

/** Fluent's avatar and badge import every sign of presence; the portal shows none. */
const presence = /* @__PURE__ */ createIcon('Presence', drawings.circle)
export {
  presence as PresenceAvailable10Filled,
  presence as PresenceAvailable10Regular,
  presence as PresenceAvailable12Filled,
  presence as PresenceAvailable12Regular,
  presence as PresenceAvailable16Filled,
  presence as PresenceAvailable16Regular,
  presence as PresenceAvailable20Filled,
  presence as PresenceAvailable20Regular,
  presence as PresenceAway10Filled,
  presence as PresenceAway10Regular,
  presence as PresenceAway12Filled,
  presence as PresenceAway12Regular,
  presence as PresenceAway16Filled,
  presence as PresenceAway16Regular,
  presence as PresenceAway20Filled,
  presence as PresenceAway20Regular,
  presence as PresenceBlocked10Regular,
  presence as PresenceBlocked12Regular,
  presence as PresenceBlocked16Regular,
  presence as PresenceBlocked20Regular,
  presence as PresenceBusy10Filled,
  presence as PresenceBusy12Filled,
  presence as PresenceBusy16Filled,
  presence as PresenceBusy20Filled,
  presence as PresenceDnd10Filled,
  presence as PresenceDnd10Regular,
  presence as PresenceDnd12Filled,
  presence as PresenceDnd12Regular,
  presence as PresenceDnd16Filled,
  presence as PresenceDnd16Regular,
  presence as PresenceDnd20Filled,
  presence as PresenceDnd20Regular,
  presence as PresenceOffline10Regular,
  presence as PresenceOffline12Regular,
  presence as PresenceOffline16Regular,
  presence as PresenceOffline20Regular,
  presence as PresenceOof10Regular,
  presence as PresenceOof12Regular,
  presence as PresenceOof16Regular,
  presence as PresenceOof20Regular,
  presence as PresenceUnknown10Regular,
  presence as PresenceUnknown12Regular,
  presence as PresenceUnknown16Regular,
  presence as PresenceUnknown20Regular,
}
