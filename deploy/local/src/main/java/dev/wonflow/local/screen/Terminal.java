package dev.wonflow.local.screen;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/**
 * Where output goes and what can be done with it.
 *
 * @param live whether lines already printed can be painted over
 * @param colour whether colours are wanted
 * @param unicode whether more than ASCII can be shown
 * @param columns width of a line
 */
public record Terminal(PrintStream out, boolean live, boolean colour, boolean unicode, int columns) {

    private static final int USUAL_COLUMNS = 100;

    /** Standard output of this process, as described by the shell script that started it. */
    public static Terminal ofProcess() {
        return of(System.out, System.getenv(), System.getProperty("wonflow.columns", ""));
    }

    /**
     * Judges a stream by the variables of its surroundings.
     *
     * @param columns width of the terminal, or not a number if the stream is none
     */
    static Terminal of(PrintStream out, Map<String, String> environment, String columns) {
        boolean terminal = columns.matches("[1-9][0-9]{0,3}")
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        String locale = environment.getOrDefault(
                "LC_ALL", environment.getOrDefault("LC_CTYPE", environment.getOrDefault("LANG", "")));
        boolean unicode = locale.toLowerCase(Locale.ROOT).replace("-", "").contains("utf8");
        boolean colour = terminal && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(out, terminal, colour, unicode, terminal ? Integer.parseInt(columns) : USUAL_COLUMNS);
    }

    /** A stream that is no terminal. */
    public static Terminal plain(PrintStream out) {
        return new Terminal(out, false, false, true, USUAL_COLUMNS);
    }

    /** The text in green, where colours are wanted. */
    public String good(String text) {
        return painted("32", text);
    }

    /** The text in red, where colours are wanted. */
    public String bad(String text) {
        return painted("31", text);
    }

    /** The text in the background, where colours are wanted. */
    public String quiet(String text) {
        return painted("2", text);
    }

    private String painted(String code, String text) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
