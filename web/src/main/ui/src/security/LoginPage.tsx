// SPDX-License-Identifier: Apache-2.0
import {
  Alert,
  Button,
  Card,
  CardBody,
  Content,
  Form,
  FormGroup,
  FormHelperText,
  HelperText,
  HelperTextItem,
  InputGroup,
  InputGroupItem,
  TextInput,
  Title,
} from "@patternfly/react-core";
import EyeIcon from "@patternfly/react-icons/dist/esm/icons/eye-icon";
import EyeSlashIcon from "@patternfly/react-icons/dist/esm/icons/eye-slash-icon";
import { type FormEvent, useRef, useState } from "react";
import { accepts } from "../api/client";
import { asProblem, type Problem } from "../api/problem";
import { Logo } from "../app/Logo";
import { ProblemAlert } from "../app/ProblemAlert";
import { useTitle } from "../app/useTitle";
import { signIn, useSession } from "./session";

export function LoginPage() {
  useTitle("Log in");
  const { notice } = useSession();
  const [token, setToken] = useState("");
  const [isShown, setShown] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [mistake, setMistake] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  const input = useRef<HTMLInputElement>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const entered = token.trim();
    setProblem(undefined);
    setMistake(entered === "" ? "Enter your API token." : undefined);
    if (entered === "") {
      input.current?.focus();
      return;
    }
    setBusy(true);
    try {
      if (await accepts(entered)) {
        signIn(entered);
        return;
      }
      setMistake("The server does not accept this token.");
      input.current?.select();
    } catch (error) {
      setProblem(asProblem(error));
    }
    setBusy(false);
  };

  return (
    <main className="drover-login">
      <Card className="drover-login__card" isLarge>
        <CardBody>
          <Logo size={40} />
          <Title headingLevel="h1" size="xl" className="drover-login__title">
            Log in to your console
          </Title>
          <Form onSubmit={(event) => void submit(event)} noValidate>
            {notice && !mistake && !problem && <Alert component="p" isInline variant="info" title={notice} />}
            {problem && <ProblemAlert problem={problem} />}
            <FormGroup label="API token" fieldId="token" isRequired>
              <InputGroup>
                <InputGroupItem isFill>
                  <TextInput
                    ref={input}
                    id="token"
                    type={isShown ? "text" : "password"}
                    value={token}
                    onChange={(_event, value) => setToken(value)}
                    validated={mistake ? "error" : "default"}
                    aria-describedby="token-help"
                    autoComplete="current-password"
                    spellCheck={false}
                    autoFocus
                    isRequired
                  />
                </InputGroupItem>
                <InputGroupItem>
                  <Button
                    variant="control"
                    aria-label={isShown ? "Hide the token" : "Show the token"}
                    icon={isShown ? <EyeSlashIcon /> : <EyeIcon />}
                    onClick={() => setShown(!isShown)}
                  />
                </InputGroupItem>
              </InputGroup>
              <FormHelperText>
                <HelperText id="token-help" isLiveRegion>
                  <HelperTextItem variant={mistake ? "error" : "default"} data-testid="token-help">
                    {mistake ?? "It stays in this tab and is forgotten when the tab closes."}
                  </HelperTextItem>
                </HelperText>
              </FormHelperText>
            </FormGroup>
            <Button type="submit" isBlock isLoading={isBusy} isDisabled={isBusy} size="lg">
              Log in
            </Button>
          </Form>
          <Content component="p" className="drover-subtle drover-login__hint">
            The token is <code>API_SECRET_TOKEN</code> of the server. If you have not set one, the server made it at its
            first start and keeps it in <code>secrets/api-token</code> of its data folder.
          </Content>
        </CardBody>
      </Card>
    </main>
  );
}
