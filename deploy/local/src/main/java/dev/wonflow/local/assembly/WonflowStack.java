package dev.wonflow.local.assembly;

import dev.wonflow.local.Trouble;
import dev.wonflow.local.archive.LauncherJar;
import dev.wonflow.local.clock.ClockFile;
import dev.wonflow.local.clock.StackClock;
import dev.wonflow.local.clock.TenantClock;
import dev.wonflow.local.http.JsonHttp;
import dev.wonflow.local.issuer.Issuer;
import dev.wonflow.local.kafka.KafkaPart;
import dev.wonflow.local.mail.MailPart;
import dev.wonflow.local.postgres.PostgresPart;
import dev.wonflow.local.spring.Jars;
import dev.wonflow.local.spring.LibraryFamily;
import dev.wonflow.local.spring.SpringPart;
import dev.wonflow.local.stack.JavaProgram;
import dev.wonflow.local.stack.LocalStack;
import dev.wonflow.local.stack.Part;
import dev.wonflow.local.stack.StateFolder;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All of Wonflow on one machine: which processes there are, and what each is told about the others. */
public final class WonflowStack {

    public static final String POSTGRES = "postgres";
    public static final String KAFKA = "kafka";
    public static final String ISSUER = "issuer";
    public static final String SANDBOX = "toss-sandbox";
    public static final String MAIL = "mail";
    public static final String ORDER = "order-service";
    public static final String PAYMENT = "payment-service";
    public static final String WEBHOOK = "webhook-ingest";
    public static final String SUBSCRIPTION = "subscription-service";

    /** Every part, in the order they are shown. */
    public static final List<String> PARTS =
            List.of(POSTGRES, KAFKA, ISSUER, SANDBOX, MAIL, ORDER, PAYMENT, WEBHOOK, SUBSCRIPTION);

    /** What the list of classes calls those that share an archive. */
    private static final String SERVICES_WITH_DATA = "services-with-data";

    private static final List<String> DATABASES = List.of("orders", "payments", "subscriptions");

    /** Where a part is built that is not built where its name says. */
    private static final Map<String, String> MODULES = Map.of(ISSUER, "deploy/issuer");

    private static final int SANDBOX_STAGE = 2;
    private static final int SERVICE_STAGE = 3;

    private final StackSettings settings;
    private final HttpClient http;

    private WonflowStack(StackSettings settings) {
        this.settings = settings;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build();
    }

    /** The stack with these settings; nothing is started. */
    public static LocalStack of(StackSettings settings) {
        WonflowStack whole = new WonflowStack(settings);
        return new LocalStack(settings.state(), whole.parts());
    }

    /** The folder that the mails of the stack with these settings are caught in. */
    public static Path mails(StackSettings settings) {
        return settings.state().data().resolve("mails");
    }

    /** The clock of the stack with these settings. */
    public static StackClock clock(StackSettings settings) {
        Ports ports = settings.ports();
        Map<String, String> services = new LinkedHashMap<>();
        services.put(ORDER, ports.http(Port.ORDER_MANAGEMENT));
        services.put(PAYMENT, ports.http(Port.PAYMENT_MANAGEMENT));
        services.put(WEBHOOK, ports.http(Port.WEBHOOK_MANAGEMENT));
        services.put(SUBSCRIPTION, ports.http(Port.SUBSCRIPTION_MANAGEMENT));
        return new StackClock(
                ports.http(Port.SANDBOX),
                services,
                new ClockFile(settings.state().data()));
    }

    /** The clock of one tenant of the stack with these settings. */
    public static TenantClock clock(StackSettings settings, String tenant) {
        Ports ports = settings.ports();
        Issuer issuer = new Issuer(ports.http(Port.ISSUER));
        JsonHttp payments = new JsonHttp(PAYMENT, ports.http(Port.PAYMENT), Map.of());
        return new TenantClock(
                tenant,
                ports.http(Port.SANDBOX),
                ports.http(Port.PAYMENT_MANAGEMENT),
                ports.http(Port.SUBSCRIPTION_MANAGEMENT),
                () -> payments.with(
                                "Authorization",
                                "Bearer "
                                        + issuer.shop(tenant, List.of("tenant:billing"))
                                                .value())
                        .post("/api/billing-methods/toss/window", Map.of())
                        .ok()
                        .path("customerKey")
                        .asString());
    }

    private List<Part> parts() {
        Ports ports = settings.ports();
        StateFolder state = settings.state();
        Set<String> data = Set.of(POSTGRES, KAFKA);
        LauncherJar launcher = launcher();
        LibraryFamily withData = family(SERVICES_WITH_DATA, ORDER, PAYMENT, SUBSCRIPTION);
        return List.of(
                new PostgresPart(
                        state.cache(),
                        state.data().resolve("postgres"),
                        state.log("postgres-setup"),
                        ports.of(Port.POSTGRES),
                        DATABASES,
                        StackSettings.inherited(),
                        settings.secrets()),
                new KafkaPart(
                        JavaProgram.of(state, KAFKA),
                        launcher,
                        state,
                        state.data().resolve("kafka"),
                        ports.of(Port.KAFKA),
                        ports.of(Port.KAFKA_CONTROLLER),
                        StackSettings.inherited()),
                // Nobody waits for it: a service asks it for its keys when the first token comes.
                spring(ISSUER, Port.ISSUER, Set.of(), SANDBOX_STAGE, family(ISSUER, ISSUER), issuer()),
                spring(SANDBOX, Port.SANDBOX, Set.of(), SANDBOX_STAGE, family(SANDBOX, SANDBOX), sandbox()),
                new MailPart(
                        JavaProgram.of(state, MAIL),
                        launcher,
                        KAFKA,
                        state,
                        mails(settings),
                        ports.of(Port.MAIL),
                        StackSettings.inherited()),
                spring(ORDER, Port.ORDER, data, SERVICE_STAGE, withData, withData("orders")),
                spring(PAYMENT, Port.PAYMENT, data, SERVICE_STAGE, withData, payment()),
                spring(WEBHOOK, Port.WEBHOOK, Set.of(KAFKA), SERVICE_STAGE, family(WEBHOOK, WEBHOOK), webhook()),
                spring(SUBSCRIPTION, Port.SUBSCRIPTION, data, SERVICE_STAGE, withData, subscription()));
    }

    private LauncherJar launcher() {
        Path module = settings.repository().resolve("deploy/local");
        return Jars.find(module)
                .map(LauncherJar::new)
                .orElseThrow(() -> new Trouble("The launcher is not built: no jar in " + module.resolve("target")
                        + "\nBuild it: mvn -DskipTests package"));
    }

    private LibraryFamily family(String name, String... services) {
        return new LibraryFamily(
                settings.state(),
                name,
                Arrays.stream(services).map(this::module).toList());
    }

    private Path module(String part) {
        return settings.repository().resolve(MODULES.getOrDefault(part, part));
    }

    private Part spring(
            String name,
            Port port,
            Set<String> needs,
            int stopStage,
            LibraryFamily family,
            Map<String, String> environment) {
        Map<String, String> all = StackSettings.inherited();
        all.putAll(environment);
        all.put("SERVER_PORT", Integer.toString(settings.ports().of(port)));
        port.management()
                .ifPresent(management -> all.put(
                        SpringPart.MANAGEMENT_PORT,
                        Integer.toString(settings.ports().of(management))));
        // Which part of a service is unwell is no secret on one's own machine.
        all.put("MANAGEMENT_ENDPOINT_HEALTH_SHOWCOMPONENTS", "always");
        all.put("MANAGEMENT_ENDPOINT_HEALTH_SHOWDETAILS", "always");
        all.putAll(settings.extra().getOrDefault(name, Map.of()));
        return new SpringPart(
                name, settings.ports().of(port), needs, stopStage, module(name), family, settings.state(), all, http);
    }

    private Map<String, String> issuer() {
        Path key = settings.state().data().resolve("issuer/key.json");
        return Map.of("WONFLOW_ISSUER_KEYFILE", key.toString());
    }

    private Map<String, String> sandbox() {
        return Map.of(
                "TOSS_SECRET_KEY",
                StackSettings.SECRET_KEY,
                "TOSS_CLIENT_KEY",
                StackSettings.CLIENT_KEY,
                "TOSS_WEBHOOK_SECRET",
                StackSettings.WEBHOOK_SECRET,
                "WONFLOW_SANDBOX_WEBHOOKURLS",
                settings.ports().http(Port.WEBHOOK) + "/api/webhooks/toss",
                "WONFLOW_SANDBOX_CLOCK_AHEAD",
                ahead());
    }

    /** How far ahead of the machine the data is, and so everything that works on it. */
    private String ahead() {
        return new ClockFile(settings.state().data()).read().toString();
    }

    private Map<String, String> payment() {
        Map<String, String> environment = withData("payments");
        environment.put("TOSS_SECRET_KEY", StackSettings.SECRET_KEY);
        environment.put("TOSS_CLIENT_KEY", StackSettings.CLIENT_KEY);
        environment.put("TOSS_WEBHOOK_SECRET", StackSettings.WEBHOOK_SECRET);
        environment.put("WONFLOW_BILLING_KEYSET", StackSettings.BILLING_KEYSET);
        environment.put("TOSS_API_BASE_URL", settings.ports().http(Port.SANDBOX));
        // The sandbox counts calls only if told so, and years of a tenant's charges are to take seconds.
        environment.put("WONFLOW_QUOTA_PERMINUTE", "6000");
        return environment;
    }

    private Map<String, String> subscription() {
        Map<String, String> environment = withData("subscriptions");
        environment.put("SPRING_MAIL_HOST", "127.0.0.1");
        environment.put("SPRING_MAIL_PORT", Integer.toString(settings.ports().of(Port.MAIL)));
        environment.put("WONFLOW_NOTICE_MAIL_FROM", "Wonflow <billing@wonflow.example>");
        environment.put("WONFLOW_NOTICE_MAIL_BILLINGPAGE", settings.ports().http(Port.APP) + "/settings/billing");
        // Who sells, so that tax invoices can be exported; a number that is made up, with the check digit it needs.
        environment.put("WONFLOW_TAXINVOICE_SUPPLIER_BUSINESSNUMBER", "123-45-67891");
        environment.put("WONFLOW_TAXINVOICE_SUPPLIER_COMPANYNAME", "원플로 데모");
        environment.put("WONFLOW_TAXINVOICE_SUPPLIER_REPRESENTATIVE", "김원");
        environment.put("WONFLOW_TAXINVOICE_SUPPLIER_EMAIL", "tax@wonflow.example");
        return environment;
    }

    private Map<String, String> webhook() {
        Map<String, String> environment = service();
        environment.put("TOSS_WEBHOOK_SECRET", StackSettings.WEBHOOK_SECRET);
        return environment;
    }

    private Map<String, String> service() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put(
                "SPRING_KAFKA_BOOTSTRAP_SERVERS",
                "127.0.0.1:" + settings.ports().of(Port.KAFKA));
        environment.put("APP_URL", settings.ports().http(Port.APP));
        environment.put(
                "SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_ISSUERURI",
                settings.ports().http(Port.ISSUER));
        environment.put("SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_AUDIENCES", "wonflow");
        // One broker can hold one copy.
        environment.put("WONFLOW_TOPICS_REPLICATIONFACTOR", "1");
        environment.put("WONFLOW_TOPICS_MININSYNCREPLICAS", "1");
        // Every service's time can be moved along with the sandbox's; nowhere but here.
        environment.put("WONFLOW_CLOCK_MOVABLE", "true");
        environment.put("WONFLOW_CLOCK_AHEAD", ahead());
        environment.put(
                "MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE", "health,info,metrics,prometheus,clock,tenantclock");
        return environment;
    }

    private Map<String, String> withData(String database) {
        Map<String, String> environment = service();
        environment.put("SPRING_DATASOURCE_URL", settings.jdbcUrl(database));
        environment.put("SPRING_DATASOURCE_USERNAME", database);
        environment.put("SPRING_DATASOURCE_PASSWORD", database);
        return environment;
    }
}
