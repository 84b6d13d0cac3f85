package dev.wonflow.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** How large a dead letter is, and how it is made smaller without hiding that it was. */
final class LetterSize {

    /** Header of a batch and the most a record adds to its parts, see Kafka's {@code DefaultRecordBatch}. */
    private static final int OVERHEAD = 61 + 21 + 15;

    private static final int OVERHEAD_OF_A_HEADER = 10;

    /** What the marks of {@link #shortened} take at most: four headers of a name, a length and a hash. */
    private static final int MARKS = 4 * 160;

    private LetterSize() {}

    /** Bytes the letter takes as a batch of its own, uncompressed; a few more than it really does, never fewer. */
    static long of(ProducerRecord<byte[], byte[]> letter) {
        long size = (long) OVERHEAD + length(letter.key()) + length(letter.value());
        for (Header header : letter.headers()) {
            size += sizeOf(header);
        }
        return size;
    }

    /**
     * Makes a letter fit: cause and place stay, then as many of the message's own headers as fit, CloudEvents' first,
     * then as much of the key and of the value.
     *
     * @param limit the largest batch its topic takes, in bytes
     * @return a letter that says what is missing; larger than the limit only if cause and place alone are
     */
    static ProducerRecord<byte[], byte[]> shortened(ProducerRecord<byte[], byte[]> letter, long limit) {
        Header[] all = letter.headers().toArray();
        // What cannot be compressed grows a little when one tries.
        long room = limit - limit / 1_000 - OVERHEAD - MARKS;
        BitSet kept = new BitSet(all.length);
        for (Rank rank : Rank.values()) {
            for (int i = 0; i < all.length; i++) {
                long size = sizeOf(all[i]);
                if (Rank.of(all[i]) == rank && (rank == Rank.OURS || size <= room)) {
                    kept.set(i);
                    room -= size;
                }
            }
        }
        byte @Nullable [] key = beginning(letter.key(), room);
        byte @Nullable [] value = beginning(letter.value(), room - length(key));

        Headers headers = new RecordHeaders();
        kept.stream().forEach(i -> headers.add(all[i]));
        List<String> truncated = new ArrayList<>();
        if (kept.cardinality() < all.length) {
            truncated.add("headers");
            mark(headers, DeadLetterHeaders.ORIGINAL_HEADERS, bytesOfForeign(all));
        }
        if (length(key) < length(letter.key())) {
            truncated.add("key");
            mark(headers, DeadLetterHeaders.ORIGINAL_KEY, List.of(letter.key()));
        }
        if (length(value) < length(letter.value())) {
            truncated.add("value");
            mark(headers, DeadLetterHeaders.ORIGINAL_VALUE, List.of(letter.value()));
        }
        addOnce(headers, DeadLetterHeaders.TRUNCATED, String.join(",", truncated));
        return new ProducerRecord<>(letter.topic(), letter.partition(), letter.timestamp(), key, value, headers);
    }

    private static byte @Nullable [] beginning(byte @Nullable [] bytes, long room) {
        return bytes == null || bytes.length <= room ? bytes : Arrays.copyOf(bytes, (int) Math.max(0, room));
    }

    private static List<byte[]> bytesOfForeign(Header[] headers) {
        List<byte[]> bytes = new ArrayList<>();
        for (Header header : headers) {
            if (Rank.of(header) != Rank.OURS) {
                bytes.add(header.key().getBytes(UTF_8));
                if (header.value() != null) {
                    bytes.add(header.value());
                }
            }
        }
        return bytes;
    }

    private static void mark(Headers headers, String name, List<byte[]> original) {
        MessageDigest digest = sha256();
        long length = 0;
        for (byte[] bytes : original) {
            digest.update(bytes);
            length += bytes.length;
        }
        addOnce(headers, name, length + " bytes, sha-256 " + HexFormat.of().formatHex(digest.digest()));
    }

    /** The mark of an earlier time tells of the message as it was; a later one would tell of the letter. */
    private static void addOnce(Headers headers, String name, String value) {
        if (headers.lastHeader(name) == null) {
            headers.add(name, value.getBytes(UTF_8));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: missing (expected: part of every Java)", e);
        }
    }

    private static long sizeOf(Header header) {
        return OVERHEAD_OF_A_HEADER + header.key().getBytes(UTF_8).length + (long) length(header.value());
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    /** What stays first. */
    private enum Rank {
        OURS,
        OF_CLOUD_EVENTS,
        OTHER;

        static Rank of(Header header) {
            if (header.key().startsWith(DeadLetterHeaders.PREFIX)) {
                return OURS;
            }
            return header.key().startsWith("ce_") ? OF_CLOUD_EVENTS : OTHER;
        }
    }
}
