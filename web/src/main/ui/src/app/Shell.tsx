// SPDX-License-Identifier: Apache-2.0
import {
  Button,
  Masthead,
  MastheadBrand,
  MastheadContent,
  MastheadLogo,
  MastheadMain,
  MastheadToggle,
  Nav,
  NavItem,
  NavList,
  Page,
  PageSidebar,
  PageSidebarBody,
  PageToggleButton,
  SkipToContent,
  Spinner,
  Toolbar,
  ToolbarContent,
  ToolbarGroup,
  ToolbarItem,
} from "@patternfly/react-core";
import BarsIcon from "@patternfly/react-icons/dist/esm/icons/bars-icon";
import SignOutAltIcon from "@patternfly/react-icons/dist/esm/icons/sign-out-alt-icon";
import { Suspense, useEffect, useRef, useState } from "react";
import { Link, NavLink, Outlet, useLocation } from "react-router";
import { Logo } from "./Logo";
import { ThemeToggle } from "./ThemeToggle";
import { LevelBanner } from "../reliability/LevelBanner";
import { useIsOperator } from "../security/caller";
import { signOut } from "../security/session";

const MAIN = "main";
const PLACES: { to: string; label: string; isForOperators?: boolean }[] = [
  { to: "/jobs", label: "Jobs" },
  { to: "/new", label: "New job" },
  { to: "/dead-letters", label: "Dead letters" },
  { to: "/sessions", label: "Sessions" },
  { to: "/webhooks", label: "Webhooks" },
  { to: "/operations", label: "Queue and workers", isForOperators: true },
  { to: "/hosts", label: "Hosts", isForOperators: true },
  { to: "/reliability", label: "Reliability", isForOperators: true },
  { to: "/system", label: "System" },
];

/** What is around every page once somebody is signed in. */
export function Shell() {
  const { pathname } = useLocation();
  const isOperator = useIsOperator() ?? false;
  const places = PLACES.filter(({ isForOperators }) => isOperator || !isForOperators);
  const [isNarrow, setNarrow] = useState(false);
  const [isOpen, setOpen] = useState(true);

  useEffect(() => {
    // On a narrow screen the menu lies over the page: it goes away with the choice.
    setOpen(!isNarrow);
  }, [pathname, isNarrow]);

  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current !== pathname) {
      shown.current = pathname;
      const main = document.getElementById(MAIN);
      main?.scrollTo(0, 0);
      // As a page load would: the keyboard and screen readers go on from the new page, not from the link.
      main?.focus({ preventScroll: true });
    }
  }, [pathname]);

  const masthead = (
    <Masthead display={{ default: "inline" }}>
      <MastheadMain>
        <MastheadToggle>
          <PageToggleButton
            variant="plain"
            aria-label="Menu"
            isSidebarOpen={isOpen}
            onSidebarToggle={() => setOpen(!isOpen)}
          >
            <BarsIcon />
          </PageToggleButton>
        </MastheadToggle>
        <MastheadBrand>
          <MastheadLogo component={(props) => <Link {...props} to="/jobs" aria-label="Drover: jobs" />}>
            <Logo />
          </MastheadLogo>
        </MastheadBrand>
      </MastheadMain>
      <MastheadContent>
        <Toolbar isFullHeight isStatic>
          <ToolbarContent>
            <ToolbarGroup align={{ default: "alignEnd" }} gap={{ default: "gapSm" }}>
              <ToolbarItem>
                <ThemeToggle />
              </ToolbarItem>
              <ToolbarItem>
                <Button variant="plain" icon={<SignOutAltIcon />} aria-label="Log out" onClick={() => signOut()}>
                  <span className="drover-wide">Log out</span>
                </Button>
              </ToolbarItem>
            </ToolbarGroup>
          </ToolbarContent>
        </Toolbar>
      </MastheadContent>
    </Masthead>
  );

  const sidebar = (
    <PageSidebar isSidebarOpen={isOpen}>
      <PageSidebarBody>
        <Nav aria-label="Main">
          <NavList>
            {places.map(({ to, label }) => (
              <NavItem key={to} isActive={pathname.startsWith(to)}>
                <NavLink to={to}>{label}</NavLink>
              </NavItem>
            ))}
          </NavList>
        </Nav>
      </PageSidebarBody>
    </PageSidebar>
  );

  return (
    <Page
      onKeyDown={(event) => event.key === "Escape" && isNarrow && setOpen(false)}
      masthead={masthead}
      sidebar={sidebar}
      isContentFilled
      onPageResize={(_event, { mobileView }) => setNarrow(mobileView)}
      mainContainerId={MAIN}
      mainTabIndex={0}
      skipToContent={
        <SkipToContent
          href={`#${MAIN}`}
          onClick={(event) => {
            event.preventDefault();
            document.getElementById(MAIN)?.focus();
          }}
        >
          Skip to content
        </SkipToContent>
      }
    >
      <LevelBanner />
      <Suspense fallback={<Spinner className="drover-centre" aria-label="Loading the page" />}>
        <Outlet />
      </Suspense>
    </Page>
  );
}
