/** The mark of Lanyard: a badge on its strap. */
export function Mark() {
  return (
    <svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M5 1.5l7 9l7-9" fill="none" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" strokeLinejoin="round" />
      <path
        fill="currentColor"
        fillRule="evenodd"
        d="M6.500 10h11a2.500 2.500 0 0 1 2.500 2.500v7.500a2.500 2.500 0 0 1-2.500 2.500h-11A2.500 2.500 0 0 1 4 20v-7.500A2.500 2.500 0 0 1 6.500 10ZM9 13.200a1.900 1.900 0 1 0 0 3.800a1.900 1.900 0 0 0 0-3.800ZM5.800 20.500h6.400c-.3-2-1.400-2.800-3.200-2.800s-2.900.8-3.200 2.800ZM14 14h4v1.400h-4ZM14 17h4v1.400h-4Z"
      />
    </svg>
  )
}
