import type { SVGProps } from 'react';

type IconProps = SVGProps<SVGSVGElement>;

function Icon({ children, ...props }: IconProps) {
  return (
    <svg
      viewBox="0 0 20 20"
      width="1.25em"
      height="1.25em"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      {...props}
    >
      {children}
    </svg>
  );
}

/** The house's mark: a tally of five, as it is chalked on a counter. */
export const TallyIcon = (props: IconProps) => (
  <Icon strokeWidth="2" {...props}>
    <path d="M4 3.5v13M8 3.5v13M12 3.5v13M16 3.5v13M1.5 14 18.5 6" />
  </Icon>
);
export const CalculationsIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M3 6h5M5.5 3.5v5M12 6h5M3.8 12.3l3.4 3.4M7.2 12.3l-3.4 3.4M12 14h5" />
    <path d="M14.5 11.4v.1M14.5 16.6v.1" strokeWidth="2" />
  </Icon>
);
export const CalendarIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M3.5 4.5h13v12h-13zM3.5 8.5h13M7 2.5v3.5M13 2.5v3.5" />
  </Icon>
);
export const OperationsIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M2 10.5h3.5L8 4l4 12 2.5-5.5H18" />
  </Icon>
);
export const BookmarkIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M5.5 3h9v14L10 13.2 5.5 17z" />
  </Icon>
);
export const AccountIcon = (props: IconProps) => (
  <Icon {...props}>
    <circle cx="10" cy="7" r="3.2" />
    <path d="M3.5 17c.9-3 3.4-4.6 6.5-4.6s5.6 1.6 6.5 4.6" />
  </Icon>
);
export const DiceIcon = (props: IconProps) => (
  <Icon {...props}>
    <rect x="3" y="3" width="14" height="14" rx="3" />
    <path d="M7 7v.01M13 7v.01M10 10v.01M7 13v.01M13 13v.01" strokeWidth="2.4" />
  </Icon>
);
export const PauseIcon = (props: IconProps) => (
  <Icon strokeWidth="2.2" {...props}>
    <path d="M7 4.5v11M13 4.5v11" />
  </Icon>
);
export const PlayIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M6.5 4v12l9-6z" fill="currentColor" />
  </Icon>
);
export const DownloadIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M10 3v9.5M6 9l4 4 4-4M3.5 16.5h13" />
  </Icon>
);
export const EraseIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M16.5 10a6.5 6.5 0 1 1-2-4.7M14.8 2.5v3.3h-3.3" />
  </Icon>
);
export const RefreshIcon = EraseIcon;
export const CloseIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="m5 5 10 10M15 5 5 15" />
  </Icon>
);
export const ArrowUpIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M10 16V4.5M5 9l5-5 5 5" />
  </Icon>
);
export const BackIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M16 10H4.5M9 5l-5 5 5 5" />
  </Icon>
);
export const LinkOutIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M8 4H4v12h12v-4M11 3.5h5.5V9M16 4l-7 7" />
  </Icon>
);
export const ReplayIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M4 4v5h5M4.5 9A6.5 6.5 0 1 1 4 12.5" />
  </Icon>
);
export const MendIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="m4 16 .8-3.4L13.5 4l2.5 2.5-8.6 8.7z" />
  </Icon>
);
export const TrashIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M3.5 5.5h13M8 5V3h4v2M5.5 5.5l.7 11h7.6l.7-11M8.5 9v4.5M11.5 9v4.5" />
  </Icon>
);
export const UploadIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M10 13V3.5M6 7l4-4 4 4M3.5 16.5h13" />
  </Icon>
);
export const EnvelopeIcon = (props: IconProps) => (
  <Icon {...props}>
    <rect x="2.5" y="4.5" width="15" height="11" rx="1.5" />
    <path d="m3 5.5 7 5.5 7-5.5" />
  </Icon>
);
export const OrdersIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M3.5 6.5 10 3l6.5 3.5v7L10 17l-6.5-3.5zM3.5 6.5 10 10l6.5-3.5M10 10v7" />
  </Icon>
);
export const SagasIcon = (props: IconProps) => (
  <Icon {...props}>
    <circle cx="4" cy="5" r="1.8" />
    <circle cx="4" cy="15" r="1.8" />
    <path d="M4 6.8v6.4M5.8 15H13a3.5 3.5 0 0 0 0-7H8.5M11 5 8 8l3 3" />
  </Icon>
);
export const CatalogueIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M3 3.5h6.2l7.8 7.8-5.7 5.7-8.3-8.2z" />
    <path d="M6.6 7.1v.01" strokeWidth="2.4" />
  </Icon>
);
export const StockIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M3 3v14M17 3v14M3 9.5h14M3 16h14M5.5 6.5h3v3h-3zM11 12.5h4V16h-4z" />
  </Icon>
);
export const MoreIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M4.5 10h.01M10 10h.01M15.5 10h.01" strokeWidth="2.8" />
  </Icon>
);
/** Back to where one came from: what a compensation does. */
export const UndoIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M7.5 4.5 3.5 8.5l4 4M4 8.5h8a4 4 0 0 1 0 8H8" />
  </Icon>
);
export const AddIcon = (props: IconProps) => (
  <Icon strokeWidth="2" {...props}>
    <path d="M10 4v12M4 10h12" />
  </Icon>
);
export const LessIcon = (props: IconProps) => (
  <Icon strokeWidth="2" {...props}>
    <path d="M4 10h12" />
  </Icon>
);
export const SearchIcon = (props: IconProps) => (
  <Icon {...props}>
    <circle cx="8.5" cy="8.5" r="5" />
    <path d="m12.3 12.3 4.2 4.2" />
  </Icon>
);
export const CheckIcon = (props: IconProps) => (
  <Icon strokeWidth="2.2" {...props}>
    <path d="m4.5 10.5 3.7 3.7 7.3-8" />
  </Icon>
);
export const DoubtIcon = (props: IconProps) => (
  <Icon strokeWidth="2" {...props}>
    <path d="M7 7.2a3 3 0 1 1 4.4 2.7c-1 .5-1.4 1-1.4 2.1M10 15.2v.1" />
  </Icon>
);
export const CopyIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M7.5 7.5h9v9h-9zM12.5 7.5v-4h-9v9h4" />
  </Icon>
);
/** Who works here: two people. */
export const AccountsIcon = (props: IconProps) => (
  <Icon {...props}>
    <circle cx="7.5" cy="7" r="2.8" />
    <path d="M2 16.5c.7-2.8 2.8-4.3 5.5-4.3s4.8 1.5 5.5 4.3M12.5 4.4a2.8 2.8 0 0 1 0 5.2M14.8 12.6c1.6.6 2.7 1.9 3.2 3.9" />
  </Icon>
);
export const KeyIcon = (props: IconProps) => (
  <Icon {...props}>
    <circle cx="6.5" cy="13.5" r="3.5" />
    <path d="m9 11 7.5-7.5M13.5 6.5 16 9M11.5 8.5 13 10" />
  </Icon>
);
export const RoleIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M10 2.5 3.5 5v5c0 3.8 2.8 6.5 6.5 7.5 3.7-1 6.5-3.7 6.5-7.5V5zM7 10l2.2 2.2L13.2 8" />
  </Icon>
);
export const JournalIcon = (props: IconProps) => (
  <Icon {...props}>
    <path d="M4.5 3h11v14h-11zM7.5 7h5M7.5 10h5M7.5 13h3" />
  </Icon>
);
