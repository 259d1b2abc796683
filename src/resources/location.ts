import { InvalidResourceInputError } from './errors.ts'

/** The short form of a location: `West US` and `westus` are the same place. */
export function normaliseLocation(location: string): string {
  return location.replaceAll(/\s/g, '').toLowerCase()
}

/** @throws InvalidResourceInputError LocationRequired, with Resource Manager's text */
export function requireLocation(location: string | undefined): string {
  const normalised = normaliseLocation(location ?? '')
  if (normalised === '')
    throw new InvalidResourceInputError('LocationRequired', 'The location property is required for this definition.')
  return normalised
}
