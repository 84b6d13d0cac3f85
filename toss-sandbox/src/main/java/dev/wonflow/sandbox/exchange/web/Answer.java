package dev.wonflow.sandbox.exchange.web;

/**
 * What goes back to the caller.
 *
 * @param replay whether it is the kept answer of an earlier call
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and nobody changes the array.
record Answer(int status, byte[] body, boolean replay) {

    /** Whether its body is encrypted: no JSON begins as such a text does, which is the Base64 of a brace. */
    boolean isEncrypted() {
        return body.length > 0 && body[0] == 'e';
    }
}
