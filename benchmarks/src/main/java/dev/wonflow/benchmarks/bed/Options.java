package dev.wonflow.benchmarks.bed;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a benchmark's command line says.
 *
 * @param quick whether a smoke run is enough
 * @param results where the results file goes
 * @param work where data and logs are kept meanwhile
 */
public record Options(boolean quick, Path results, Path work) {

    /** Empty if there is a word that means nothing, which is then told. */
    public static Optional<Options> of(List<String> args, String usage) {
        boolean quick = false;
        Path results = Path.of("benchmarks/results");
        Path work = Path.of("benchmarks/target/work");
        for (int i = 0; i < args.size(); i++) {
            switch (args.get(i)) {
                case "--quick" -> quick = true;
                case "--results" -> results = Path.of(args.get(++i));
                case "--work" -> work = Path.of(args.get(++i));
                default -> {
                    System.err.println("unknown: " + args.get(i) + "\n" + usage);
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new Options(quick, results, work));
    }
}
