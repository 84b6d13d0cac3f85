package dev.wonflow.benchmarks.relay;

import dev.wonflow.benchmarks.bed.ChildJvm;
import java.io.IOException;
import java.util.List;

/** Who is compared. Each runs in a JVM of its own with the same options; only one works at a time. */
public enum Contender {
    /** Wonflow's relay with the settings it ships with. */
    OURS("outbox relay"),
    /** The Debezium engine with the settings it ships with and a handler that flushes each batch. */
    STOCK("stock engine"),
    /** The limit: a replication stream read in a loop, a producer, nothing else. */
    BARE("bare stream");

    public static final String COMMAND = "contender";

    static final List<String> JVM_OPTIONS = List.of(
            "-Xms256m", "-Xmx256m", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

    private final String title;

    Contender(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    private Carrier carrier(Carrier.Place place) {
        return switch (this) {
            case OURS -> new OwnRelay(place);
            case STOCK -> new StockEngine(place);
            case BARE -> new BareStream(place);
        };
    }

    /** Runs inside the contender's own JVM until the parent ends. */
    public static int serve(List<String> args) throws IOException {
        Carrier carrier = valueOf(args.getFirst()).carrier(Carrier.Place.of(args.subList(1, args.size())));
        ChildJvm.answerUntilClosed(question -> {
            switch (question) {
                case "prepare" -> carrier.prepare();
                case "start" -> carrier.start();
                case "stop" -> carrier.stop();
                case "forget" -> carrier.forget();
                default -> throw new IllegalArgumentException("question: " + question);
            }
        });
        return 0;
    }
}
