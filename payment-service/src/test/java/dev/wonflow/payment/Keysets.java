package dev.wonflow.payment;

import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;

/** Keysets to seal with, worth nothing outside tests. */
public final class Keysets {

    /** Of one key. */
    public static final String JSON =
            "{\"primaryKeyId\":1001,\"key\":[{\"keyData\":{\"typeUrl\":\"type.googleapis.com/google.crypto.tink.AesGcmKey\","
                    + "\"value\":\"GiBfYGFiY2RlZmdoaWprbG1ub3BxcnN0dXZ3eHl6e3x9fg==\",\"keyMaterialType\":\"SYMMETRIC\"},"
                    + "\"status\":\"ENABLED\",\"keyId\":1001,\"outputPrefixType\":\"TINK\"}]}";

    private static final int KEY_BYTES = 32;
    /** Field 3 of the key's message, of that many bytes. */
    private static final byte[] HEAD = {0x1a, KEY_BYTES};

    private Keysets() {}

    /** A keyset of these keys, of which the first seals. */
    public static String of(int... ids) {
        return "{\"primaryKeyId\":" + ids[0] + ",\"key\":["
                + Arrays.stream(ids).mapToObj(Keysets::key).collect(Collectors.joining(",")) + "]}";
    }

    private static String key(int id) {
        byte[] value = Arrays.copyOf(HEAD, HEAD.length + KEY_BYTES);
        Arrays.fill(value, HEAD.length, value.length, (byte) id);
        return "{\"keyData\":{\"typeUrl\":\"type.googleapis.com/google.crypto.tink.AesGcmKey\",\"value\":\""
                + Base64.getEncoder().encodeToString(value)
                + "\",\"keyMaterialType\":\"SYMMETRIC\"},\"status\":\"ENABLED\",\"keyId\":" + id
                + ",\"outputPrefixType\":\"TINK\"}";
    }
}
