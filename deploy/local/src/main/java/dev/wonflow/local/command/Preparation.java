package dev.wonflow.local.command;

import dev.wonflow.local.assembly.WonflowStack;

/**
 * The end of a build: what a first start would have to do before it, such as unpacking PostgreSQL. No command of the
 * user's; the script runs it.
 */
public final class Preparation {

    private Preparation() {}

    /** Prepares the stack; exits with 1 if a start would fail as well, which then tells why. */
    public static void main(String[] args) throws InterruptedException {
        try {
            WonflowStack.of(Surroundings.ofProcess().settings()).prepare();
        } catch (RuntimeException _) {
            System.exit(1);
        }
    }
}
