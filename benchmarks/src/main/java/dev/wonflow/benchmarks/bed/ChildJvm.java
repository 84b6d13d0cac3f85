package dev.wonflow.benchmarks.bed;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Another JVM of this program that is asked one line at a time, so that its heap, compiler and processor time are its
 * own.
 *
 * <p>It ends when its standard input ends: a benchmark that is killed leaves no process behind.
 */
public final class ChildJvm implements AutoCloseable {

    private static final String MAIN = "dev.wonflow.benchmarks.Benchmarks";
    private static final String BOOT_LAUNCHER = "org.springframework.boot.loader.launch.JarLauncher";
    private static final String ANSWER = "@ok";
    private static final String FAILURE = "@failed ";
    private static final String GONE = "@gone";
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final String name;
    private final Process process;
    private final Path log;
    private final BufferedWriter questions;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    private ChildJvm(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.questions = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        Thread.ofPlatform().daemon().name(name + "-answers").start(this::collectAnswers);
    }

    /** Answers one line of the parent; anything thrown is reported to it. */
    @FunctionalInterface
    public interface Answerer {
        void answer(String question) throws Exception;
    }

    /**
     * Starts this program again.
     *
     * @param jvmOptions for instance the heap size
     * @param arguments of the program
     */
    public static ChildJvm start(String name, Path logs, List<String> jvmOptions, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(jvmOptions);
        String classPath = System.getProperty("java.class.path");
        command.addAll(List.of("-cp", classPath, isExecutableJar() ? BOOT_LAUNCHER : MAIN));
        command.addAll(arguments);
        try {
            Files.createDirectories(logs);
            Path log = logs.resolve(name + ".log");
            var process =
                    new ProcessBuilder(command).redirectError(log.toFile()).start();
            return new ChildJvm(name, process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isExecutableJar() {
        return ClassLoader.getSystemResource(BOOT_LAUNCHER.replace('.', '/') + ".class") != null;
    }

    /**
     * Asks and waits until it is done.
     *
     * @throws IllegalStateException if the child failed, ended or did not answer in time
     */
    public void ask(String question, Duration limit) throws InterruptedException {
        String answer;
        try {
            questions.write(question);
            questions.newLine();
            questions.flush();
            answer = answers.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            throw new IllegalStateException(name + ": " + question + ": process has ended; see " + log, e);
        }
        if (answer == null) {
            throw new IllegalStateException(name + ": " + question + ": no answer in " + limit + "; see " + log);
        }
        if (!answer.equals(ANSWER)) {
            throw new IllegalStateException(name + ": " + question + ": " + answer + "; see " + log);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    private void collectAnswers() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("@")) {
                    answers.add(line);
                }
            }
        } catch (IOException e) {
            answers.add(FAILURE + e.getMessage());
        }
        answers.add(GONE);
    }

    /** Ends the process, by force if it does not listen. */
    @Override
    public void close() {
        try {
            questions.close();
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The child's side: answers the parent's lines until it closes the pipe.
     *
     * <p>Everything else that is printed goes to the log, or it would be taken for an answer.
     */
    public static void answerUntilClosed(Answerer answerer) throws IOException {
        PrintStream out = System.out;
        System.setOut(System.err);
        try (var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.println(answered(answerer, line));
                out.flush();
            }
        }
    }

    @SuppressWarnings("CatchAndPrintStackTrace") // The log of a child is its standard error.
    private static String answered(Answerer answerer, String line) {
        try {
            answerer.answer(line);
            return ANSWER;
        } catch (Exception e) {
            e.printStackTrace();
            return FAILURE + firstLine(e.toString());
        }
    }

    private static String firstLine(@Nullable String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }
}
