// SPDX-License-Identifier: Apache-2.0
import { Breadcrumb, BreadcrumbItem, Content, Flex, FlexItem, PageSection, Title } from "@patternfly/react-core";
import type { ReactNode } from "react";
import { Link } from "react-router";

interface Props {
  title: ReactNode;
  subtitle?: ReactNode;
  /** Where the page belongs. */
  parent?: { to: string; label: string; here: string };
  beside?: ReactNode;
  actions?: ReactNode;
}

export function PageHeader({ title, subtitle, parent, beside, actions }: Props) {
  return (
    <PageSection className="drover-header" aria-label="Page header">
      {parent && (
        <Breadcrumb className="drover-header__crumbs">
          <BreadcrumbItem
            render={({ className }) => (
              <Link className={className} to={parent.to}>
                {parent.label}
              </Link>
            )}
          />
          <BreadcrumbItem isActive>{parent.here}</BreadcrumbItem>
        </Breadcrumb>
      )}
      <Flex
        justifyContent={{ default: "justifyContentSpaceBetween" }}
        alignItems={{ default: "alignItemsCenter" }}
        rowGap={{ default: "rowGapSm" }}
      >
        <FlexItem>
          <Flex
            alignItems={{ default: "alignItemsCenter" }}
            columnGap={{ default: "columnGapMd" }}
            rowGap={{ default: "rowGapSm" }}
          >
            <Title headingLevel="h1" size="2xl">
              {title}
            </Title>
            {beside}
          </Flex>
          {subtitle && (
            <Content component="p" className="drover-subtle drover-header__subtitle">
              {subtitle}
            </Content>
          )}
        </FlexItem>
        {actions && <FlexItem>{actions}</FlexItem>}
      </Flex>
    </PageSection>
  );
}
