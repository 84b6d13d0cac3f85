package dev.wonflow.benchmarks.bed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What a run leaves behind. */
public final class ResultsFile {

    private static final DateTimeFormatter FILE_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private ResultsFile() {}

    /**
     * Writes one, named after benchmark, plan and time.
     *
     * @param figures in the order they are written
     * @return the file
     */
    public static Path write(
            Path directory, String benchmark, String plan, Clock clock, SequencedMap<String, Object> figures)
            throws IOException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var content = new LinkedHashMap<String, Object>();
        content.put("benchmark", benchmark);
        content.put("finishedAt", now.toString());
        content.putAll(figures);
        var mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        Files.createDirectories(directory);
        Path file = directory.resolve(benchmark + "-" + plan + "-" + FILE_TIME.format(now) + ".json");
        Files.writeString(file, mapper.writeValueAsString(content) + "\n");
        return file;
    }
}
