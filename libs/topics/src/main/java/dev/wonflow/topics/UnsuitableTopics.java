package dev.wonflow.topics;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Topics exist that cannot carry what they are declared to carry. */
final class UnsuitableTopics extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    UnsuitableTopics(List<String> findings) {
        super(String.join("; ", findings));
    }

    UnsuitableTopics(List<String> findings, @Nullable Throwable cause) {
        super(String.join("; ", findings), cause);
    }
}
