import { createElement, forwardRef, type FunctionComponent, type Ref, type SVGAttributes } from 'react'

/** What Fluent's components hand to an icon. */
export interface IconProps extends SVGAttributes<SVGElement> {
  /** Said to screen readers; without one the icon is decoration. */
  readonly title?: string
  readonly filled?: boolean
  readonly primaryFill?: string
  readonly ref?: Ref<SVGSVGElement>
}

export type Icon = FunctionComponent<IconProps>

/** A drawing on a field of 20 by 20: lines that are drawn with a pen, and shapes that are filled. */
export interface Drawing {
  readonly lines?: string
  readonly shapes?: string
  /** Width of the pen; 1.25 when left out. */
  readonly pen?: number
}

/**
 * An icon in the colour of the text around it.
 * @param size `1em` for one that follows its container, else a length in pixels
 */
export function createIcon(name: string, { lines, shapes, pen = 1.25 }: Drawing, size: string = '1em'): Icon {
  const icon = forwardRef<SVGSVGElement, IconProps>((props, ref) => {
    const { title, filled: _filled, primaryFill = 'currentColor', className, ...rest } = props
    const said = title !== undefined || rest['aria-label'] !== undefined || rest['aria-labelledby'] !== undefined
    return createElement(
      'svg',
      {
        width: size,
        height: size,
        viewBox: '0 0 20 20',
        xmlns: 'http://www.w3.org/2000/svg',
        className: className ? `fui-Icon ${className}` : 'fui-Icon',
        ...(said ? { role: 'img' } : { 'aria-hidden': true }),
        ...rest,
        ref,
      },
      title === undefined ? null : createElement('title', null, title),
      lines === undefined
        ? null
        : createElement('path', {
            d: lines,
            fill: 'none',
            stroke: primaryFill,
            strokeWidth: pen,
            strokeLinecap: 'round',
            strokeLinejoin: 'round',
          }),
      shapes === undefined ? null : createElement('path', { d: shapes, fill: primaryFill, fillRule: 'evenodd' }),
    )
  })
  icon.displayName = name
  return icon
}
