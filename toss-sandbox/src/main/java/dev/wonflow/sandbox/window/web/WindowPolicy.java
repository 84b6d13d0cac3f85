package dev.wonflow.sandbox.window.web;

import dev.wonflow.sandbox.sdk.Opening;
import jakarta.servlet.http.HttpServletResponse;

/**
 * What a window may do in a browser: styles and scripts of the sandbox alone, forms to here and on to the shop, and a
 * frame only in the page that opened it.
 */
final class WindowPolicy {

    private WindowPolicy() {}

    /** Puts the policy into an answer. */
    static void apply(HttpServletResponse response, Opening opening) {
        boolean framed = opening.frame() == Opening.Frame.IFRAME && opening.shopOrigin() != null;
        // In the shop's place a form leads to the shop, which may send the buyer on to anywhere: browsers hold every
        // redirect of a form to this policy. In a frame it leads to a page of ours that reports to the shop.
        String formTargets = opening.frame() == Opening.Frame.IFRAME ? "'self'" : "'self' http: https:";
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; base-uri 'none'; form-action "
                        + formTargets + "; frame-ancestors " + (framed ? opening.shopOrigin() : "'none'"));
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cache-Control", "no-store");
    }
}
