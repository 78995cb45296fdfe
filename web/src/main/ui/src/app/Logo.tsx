// SPDX-License-Identifier: Apache-2.0

/** The mark (two chevrons that drive a dot ahead of them) and the name. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <span className="drover-logo" style={{ fontSize: size * 0.72 }}>
      <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="8" fill="#0b4f6c" />
        <path
          d="M7 8l7 8-7 8"
          fill="none"
          stroke="#7fd1e8"
          strokeWidth="3.5"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
        <path
          d="M15 8l7 8-7 8"
          fill="none"
          stroke="#fff"
          strokeWidth="3.5"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
        <circle cx="25.5" cy="16" r="2.2" fill="#ffc45c" />
      </svg>
      <span className="drover-logo__name">Drover</span>
    </span>
  );
}
