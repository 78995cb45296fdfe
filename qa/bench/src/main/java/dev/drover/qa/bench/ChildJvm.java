// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A child JVM on this program's own class path, which takes commands by lines and answers each with a line. */
final class ChildJvm implements AutoCloseable {

    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;

    ChildJvm(Machine machine, List<String> options, Map<String, String> environment, Class<?> main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(machine.java().toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        process = builder.start();
        commands = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    long pid() {
        return process.pid();
    }

    void tell(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
    }

    String ask(String command) throws IOException {
        tell(command);
        return answer();
    }

    String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("a process to compare with has ended");
        }
        if (line.startsWith("failed")) {
            throw new IOException("a process to compare with " + line);
        }
        return line;
    }

    /** Its end of input is its signal to end. */
    @Override
    public void close() {
        try {
            commands.close();
            if (process.waitFor(10, TimeUnit.SECONDS)) {
                return;
            }
        } catch (IOException e) {
            // It is gone already, or does not listen.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Commands.end(process);
    }
}
