package dev.wonflow.local.command;

import dev.wonflow.local.stack.LocalStack.PartStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What helps a stack that is not well. */
final class StatusAdvice {

    private StatusAdvice() {}

    /** One line for each thing to do, the first to be done first; nothing if all is well. */
    static List<String> on(List<PartStatus> parts) throws IOException {
        Set<String> bad = parts.stream()
                .filter(part -> !part.healthy())
                .map(PartStatus::name)
                .collect(Collectors.toSet());
        List<String> advice = new ArrayList<>();
        if (parts.stream().anyMatch(part -> part.process().isEmpty())) {
            for (PartStatus part : parts) {
                if (part.process().isEmpty() && part.expected()) {
                    advice.add(
                            part.name() + " died" + lastError(part) + ". How it ended: ./wonflow logs " + part.name());
                }
            }
            advice.add("./wonflow up starts what is missing.");
        }
        if (parts.stream().anyMatch(PartStatus::starting)) {
            advice.add("What is starting: ./wonflow up waits until it is healthy, or says why it is not.");
        }
        for (PartStatus part : parts) {
            boolean unwell = part.process().isPresent() && !part.healthy() && !part.starting();
            // Whose need is not met gets well when that is.
            if (unwell && part.needs().stream().noneMatch(bad::contains)) {
                advice.add(part.name() + " is unwell" + lastError(part) + ".\n  What it says: ./wonflow logs "
                        + part.name() + "\n  To start it anew: ./wonflow restart " + part.name());
            }
        }
        return advice;
    }

    private static String lastError(PartStatus part) throws IOException {
        return part.log()
                .lastError()
                .map(error -> "; the last error in its log:\n  " + error + "\n ")
                .orElse("");
    }
}
