import { createElement, Fragment } from 'react'
import type { Icon, IconProps } from '../create-icon.ts'

/** Fluent's buttons and menus show one of the two by these names, in their own style sheets. */
export const iconFilledClassName = 'fui-Icon-filled'
export const iconRegularClassName = 'fui-Icon-regular'

/** Both drawings of an icon, of which one is shown. */
export function bundleIcon(filledIcon: Icon, regularIcon: Icon): Icon {
  return ({ className = '', filled = false, style, ...rest }: IconProps) => {
    const hidden = { ...style, display: 'none' }
    return createElement(
      Fragment,
      null,
      createElement(filledIcon, {
        ...rest,
        className: `${iconFilledClassName} ${className}`,
        style: filled ? style : hidden,
      }),
      createElement(regularIcon, {
        ...rest,
        className: `${iconRegularClassName} ${className}`,
        style: filled ? hidden : style,
      }),
    )
  }
}
