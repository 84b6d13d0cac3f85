package dev.wonflow.subscription.notice;

import java.util.UUID;

/** Identity of a notice; also of its event and, within angle brackets, of its mail. */
public record NoticeId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
