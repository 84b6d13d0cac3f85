package dev.wonflow.webhook;

import java.util.List;
import java.util.Optional;

/** A webhook as received. Holds the bytes themselves, not a copy: nobody writes to them after the body was read. */
public final class Webhook {

    private final byte[] body;
    private final List<TossHeader> headers;
    private final Grade grade;
    private final Envelope envelope;

    public Webhook(byte[] body, List<TossHeader> headers, Grade grade, Envelope envelope) {
        this.body = body;
        this.headers = List.copyOf(headers);
        this.grade = grade;
        this.envelope = envelope;
    }

    public byte[] body() {
        return body;
    }

    public List<TossHeader> headers() {
        return headers;
    }

    public Grade grade() {
        return grade;
    }

    public Envelope envelope() {
        return envelope;
    }

    /** First value of a header, named in lower case. */
    public Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.name().equals(name))
                .map(TossHeader::value)
                .findFirst();
    }
}
