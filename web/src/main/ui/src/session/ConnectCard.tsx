// SPDX-License-Identifier: Apache-2.0
import { Button, Card, CardBody, CardHeader, CardTitle, Tab, Tabs, TabTitleText } from "@patternfly/react-core";
import { useState } from "react";
import type { Session } from "../api/types";
import { CodeCard } from "../app/CodeCard";
import { snippetsOf, withoutToken } from "./snippets";

/** How programs connect to a session. What is copied always has the token; it shows only when that is wanted. */
export function ConnectCard({ session }: { session: Session }) {
  const [active, setActive] = useState<string | number>("Java");
  const [isShown, setShown] = useState(false);
  const snippets = snippetsOf(session);
  return (
    <Card data-testid="connect">
      <CardHeader
        hasWrap
        actions={{
          hasNoOffset: true,
          actions: (
            <Button variant="link" size="sm" onClick={() => setShown(!isShown)}>
              {isShown ? "Hide the token" : "Show the token"}
            </Button>
          ),
        }}
      >
        <CardTitle component="h2">Connect a program</CardTitle>
      </CardHeader>
      <CardBody>
        <Tabs
          activeKey={active}
          onSelect={(_event, key) => setActive(key)}
          aria-label="Clients"
          isBox
          mountOnEnter
          unmountOnExit
        >
          {snippets.map(({ name, code, note }) => (
            <Tab key={name} eventKey={name} title={<TabTitleText>{name}</TabTitleText>}>
              <div className="drover-connect">
                <CodeCard
                  code={code}
                  shown={isShown ? undefined : withoutToken(code)}
                  label={`the way to connect with ${name}`}
                  testId="snippet"
                />
                <p className="drover-subtle drover-small">
                  {note} The token opens this session alone, until it has ended.
                </p>
              </div>
            </Tab>
          ))}
        </Tabs>
      </CardBody>
    </Card>
  );
}
