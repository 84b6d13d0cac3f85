package dev.wonflow.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogReaderTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private Path log;
    private LogReader reader;

    @BeforeEach
    void open() {
        log = folder.resolve("part.log");
        reader = new LogReader(log, new PrintStream(output, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void close() throws IOException {
        reader.close();
    }

    @Test
    void what_is_added_is_printed_once() throws IOException {
        write("one\n");
        reader.printNew();
        reader.printNew();
        write("two\n");
        reader.printNew();

        assertThat(printed()).isEqualTo("one\ntwo\n");
    }

    @Test
    void rest_of_a_full_file_is_printed_before_the_next_one() throws IOException {
        write("one\n");
        reader.printNew();
        write("two\n");
        rotate();
        write("three, and longer than both before\n");
        reader.printNew();
        rotate();
        write("four\n");
        reader.printNew();

        assertThat(printed()).isEqualTo("one\ntwo\nthree, and longer than both before\nfour\n");
    }

    @Test
    void moment_without_a_file_is_bridged() throws IOException {
        reader.printNew();
        write("one\n");
        reader.printNew();
        rotate();
        reader.printNew();
        write("two\n");
        reader.printNew();

        assertThat(printed()).isEqualTo("one\ntwo\n");
    }

    private void write(String text) throws IOException {
        Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void rotate() throws IOException {
        Files.move(log, folder.resolve("part.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }

    private String printed() {
        return output.toString(StandardCharsets.UTF_8);
    }
}
