package dev.wonflow.sandbox.payment.web;

import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Where payment windows are. */
public final class WindowAddress {

    private WindowAddress() {}

    /**
     * The address a payment key is appended to: where the merchant reached us, so that a buyer on the same machine
     * reaches it too.
     */
    public static String base() {
        return ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString() + "/window/";
    }
}
