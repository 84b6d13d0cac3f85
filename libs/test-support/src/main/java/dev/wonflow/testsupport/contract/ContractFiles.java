package dev.wonflow.testsupport.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Reads files of the contracts module from the class path. */
final class ContractFiles {

    private ContractFiles() {}

    /** Text of each matching file by its name without {@code .json}, sorted. */
    static Map<String, String> json(String pattern) {
        Map<String, String> files = new TreeMap<>();
        try {
            for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath*:" + pattern)) {
                String name = String.valueOf(file.getFilename());
                files.put(
                        name.substring(0, name.length() - ".json".length()),
                        file.getContentAsString(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("contracts: " + pattern, e);
        }
        return files;
    }
}
