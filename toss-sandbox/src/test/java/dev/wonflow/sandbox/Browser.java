package dev.wonflow.sandbox;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Chromium without a screen. */
final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Path PICTURES = Path.of("target/browser/pictures");
    private static final String PHONE =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1";

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** A browser on a desk, in Korean. */
    static Browser start() {
        return start("ko", new ChromeOptions());
    }

    static Browser startInEnglish() {
        return start("en", new ChromeOptions());
    }

    /** A browser to which the names of Toss mean the sandbox, and to which its certificate is good enough. */
    static Browser startWithTossAt(URI sandbox) {
        ChromeOptions options = new ChromeOptions();
        options.setAcceptInsecureCerts(true);
        options.addArguments("--host-resolver-rules=MAP *.tosspayments.com " + sandbox.getAuthority());
        return start("ko", options);
    }

    static Browser startAsPhone() {
        ChromeOptions options = new ChromeOptions();
        options.setExperimentalOption(
                "mobileEmulation",
                Map.of(
                        "deviceMetrics",
                        Map.of("width", 390, "height", 844, "pixelRatio", 2.0, "touch", true),
                        "userAgent",
                        PHONE));
        return start("ko", options);
    }

    private static Browser start(String language, ChromeOptions options) {
        options.setBinary(program("Chromium", "chromium", "chromium-browser", "google-chrome")
                .toFile());
        // The sandbox of Chromium does not work for root, and nothing but our own pages is shown.
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--window-size=1280,900",
                "--lang=" + language,
                "--accept-lang=" + language);
        options.setExperimentalOption("prefs", Map.of("intl.accept_languages", language));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(
                        program("The driver of Chromium", "chromedriver").toFile())
                .usingAnyFreePort()
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().timeouts().implicitlyWait(PATIENCE).scriptTimeout(PATIENCE);
        return new Browser(driver);
    }

    /**
     * Finds a program on the path.
     *
     * @throws IllegalStateException with a line that says what to install
     */
    static Path program(String what, String... names) {
        List<String> folders = List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1));
        return Stream.of(names)
                .flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException(
                                what
                                        + " is missing, which the browser tests need. Install it (Debian: apt-get install chromium chromium-driver npm)."));
    }

    void open(String address) {
        driver.switchTo().defaultContent();
        driver.get(address);
    }

    /** Opens a page of the shop and waits for its script. */
    void visit(Shop shop) {
        open(shop.url("/"));
        await().atMost(PATIENCE).until(() -> Boolean.TRUE.equals(driver.executeScript("return window.loaded")));
    }

    /**
     * Runs a script in the page and waits for its promise; what it throws comes back as {@code code} and
     * {@code message}.
     */
    @SuppressWarnings("unchecked")
    Map<String, Object> run(String script) {
        return (Map<String, Object>) Objects.requireNonNull(driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                (async () => { %s })().then(
                  (value) => done({ value: value ?? null }),
                  (error) => done({ code: error.code ?? null, message: String(error.message) }));
                """.formatted(script)));
    }

    /**
     * Starts something in the page that may lead away from it; its end, if it has one, is kept for {@link #outcome}.
     */
    void begin(String script) {
        driver.executeScript("""
                window.outcome = null;
                (async () => { %s })().then(
                  (value) => { window.outcome = { value: value ?? null }; },
                  (error) => { window.outcome = { code: error.code ?? null, message: String(error.message) }; });
                """.formatted(script));
    }

    /** How what was begun ended. */
    @SuppressWarnings("unchecked")
    Map<String, Object> outcome() {
        driver.switchTo().defaultContent();
        await().atMost(PATIENCE).until(() -> driver.executeScript("return window.outcome") != null);
        return (Map<String, Object>) Objects.requireNonNull(driver.executeScript("return window.outcome"));
    }

    /** Enters the window that lies over the page. */
    void enterWindow() {
        driver.switchTo().defaultContent();
        driver.switchTo().frame(find("[data-tosspayments-window] iframe"));
    }

    /** Enters the window that lies over another one. */
    void enterTopWindow() {
        driver.switchTo().defaultContent();
        driver.switchTo().frame(find("[data-tosspayments-window] ~ [data-tosspayments-window] iframe"));
    }

    void enterFrameIn(String selector) {
        driver.switchTo().defaultContent();
        driver.switchTo().frame(find(selector + " iframe"));
    }

    void leaveFrame() {
        driver.switchTo().defaultContent();
    }

    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    boolean shows(String selector) {
        driver.manage().timeouts().implicitlyWait(Duration.ZERO);
        try {
            return !driver.findElements(By.cssSelector(selector)).isEmpty();
        } finally {
            driver.manage().timeouts().implicitlyWait(PATIENCE);
        }
    }

    void click(String selector) {
        find(selector).click();
    }

    /** Presses Escape wherever the focus is. */
    void escape() {
        driver.switchTo().activeElement().sendKeys(Keys.ESCAPE);
    }

    String text() {
        return find("body").getText();
    }

    /** The address the browser is at, once it begins as expected. */
    String addressFrom(String beginning) {
        driver.switchTo().defaultContent();
        await().atMost(PATIENCE).until(() -> driver.getCurrentUrl().startsWith(beginning));
        return driver.getCurrentUrl();
    }

    /** The parameters of an address, decoded, in their order. */
    static Map<String, String> parameters(String address) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : URI.create(address).getRawQuery().split("&", -1)) {
            int equals = pair.indexOf('=');
            parameters.put(
                    pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return parameters;
    }

    /** What the browser complains about: scripts that failed, and what the page's policy stopped. */
    List<String> complaints() {
        return driver.manage().logs().get("browser").getAll().stream()
                .map(entry -> entry.getMessage())
                .toList();
    }

    /** Keeps what is to be seen now, for people to look at. */
    void picture(String name) throws IOException {
        Files.createDirectories(PICTURES);
        Files.write(PICTURES.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
