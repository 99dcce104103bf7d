namespace NetPolTools.Cluster.Tests.Validation;

/// <summary>Right and wrong values of every field that kube-apiserver looks at in a NetworkPolicy. Whether one is right, the server says.</summary>
internal static class Vocabulary
{
    private static readonly string A63 = new('a', 63);
    private static readonly string A253 = $"{A63}.{A63}.{A63}.{new string('a', 61)}";

    private static readonly string[] Keys =
    [
        "app", "", "-a", "a-", "a_b.c", "A", "a b", "é", A63, A63 + "a", "example.com/app", "/app", "app/", "a/b/c", "Example.com/app", "example..com/app",
        "-a/app", A253 + "/app", A253 + "a/app",
    ];

    private static readonly string[] Values = ["web", "", "-a", "a-", "a_b.c", "A", "a b", "é", "a/b", A63, A63 + "a"];

    public static IReadOnlyList<Fragment> Names { get; } =
    [
        .. new[] { "a", "A", "a.b", "a..b", "-a", "a-", "a_b", "é", "a b", ".a", "1", "80.1", "", A253, A253 + "a", new string('a', 64) }
            .Select(static name => Readable($"{{\"name\": \"{name}\"}}")),
        .. new[] { "a", "a-", "a--", "A-", "-a", "a.", "a_", "é-", A63 + "-", A253, A253 + "a" }.Select(
            static name => Readable($"{{\"generateName\": \"{name}\"}}")),
        new Fragment("{\"generateName\": \"-\"}", ServerFeature.LoneHyphen),
        Readable("{}"), Readable("{\"name\": null}"), Shape("{\"name\": 5}"), Shape("{\"name\": true}"), Shape("{\"name\": [\"a\"]}"), Shape("{\"name\": {}}"),
    ];

    /// <summary>Of metadata.labels, and likewise of matchLabels.</summary>
    public static IReadOnlyList<Fragment> Labels { get; } =
    [
        Readable(null), Readable("null"), Readable("{}"), Readable("{\"app\": null}"), Readable("{\"app\": \"web\", \"tier\": \"front\"}"),
            Readable("{\"-\": \"-\", \"app\": \"-\"}"),
        .. Keys.Select(static key => Readable($"{{\"{key}\": \"web\"}}")),
        .. Values.Select(static value => Readable($"{{\"app\": \"{value}\"}}")),
        Shape("{\"app\": 5}"), Shape("{\"app\": true}"), Shape("{\"app\": [\"web\"]}"), Shape("{\"app\": {}}"), Shape("[]"), Shape("[\"app\"]"),
            Shape("\"app\""), Shape("5"),
    ];

    public static IReadOnlyList<Fragment> Annotations { get; } =
    [
        .. Keys.Select(static key => Readable($"{{\"{key}\": \"any text, é\"}}")),
        Readable($"{{\"a\": \"{new string('x', (256 * 1024) - 1)}\"}}"), Readable($"{{\"a\": \"{new string('x', 256 * 1024)}\"}}"), Readable("null"),
        Shape("{\"a\": 5}"), Shape("[]"),
    ];

    public static IReadOnlyList<Fragment> Selectors { get; } =
    [
        Readable("{}"), Readable("{\"matchExpressions\": null}"), Readable("{\"matchExpressions\": []}"),
        .. Labels.Where(static labels => labels.Json is not null).Select(static labels => labels with { Json = $"{{\"matchLabels\": {labels.Json}}}" }),
        .. Keys.Select(static key => Requirement($"\"key\": \"{key}\", \"operator\": \"Exists\"")),
        .. new[] { "In", "NotIn", "Exists", "DoesNotExist", "in", "IN", "Gt", "=", "" }.SelectMany(static @operator => new[]
        {
            Requirement($"\"key\": \"app\", \"operator\": \"{@operator}\""),
            Requirement($"\"key\": \"app\", \"operator\": \"{@operator}\", \"values\": null"),
            Requirement($"\"key\": \"app\", \"operator\": \"{@operator}\", \"values\": []"),
            Requirement($"\"key\": \"app\", \"operator\": \"{@operator}\", \"values\": [\"web\", \"\"]"),
        }),
        .. Values.Select(static value =>
            Requirement($"\"key\": \"app\", \"operator\": \"In\", \"values\": [\"web\", \"{value}\"]") with { Needs = ServerFeature.SelectorValues }),
        Requirement("\"key\": \"-\", \"operator\": \"Exists\", \"values\": [\"-\"]") with { Needs = ServerFeature.SelectorValues },
        Requirement("\"key\": \"app\""), Requirement("\"operator\": \"Exists\""), Requirement("\"key\": null, \"operator\": null"), Requirement(""),
        Requirement("\"key\": \"app\", \"operator\": \"NotIn\", \"values\": [null]"), Readable("{\"matchExpressions\": [null]}"),
        ShapedRequirement("\"key\": 5, \"operator\": \"Exists\""), ShapedRequirement("\"key\": \"app\", \"operator\": true"),
        ShapedRequirement("\"key\": \"app\", \"operator\": \"In\", \"values\": \"web\""),
            ShapedRequirement("\"key\": \"app\", \"operator\": \"In\", \"values\": [5]"),
        Shape("{\"matchExpressions\": {}}"), Shape("{\"matchExpressions\": [\"app\"]}"), Shape("[]"), Shape("[{}]"), Shape("\"app\""), Shape("true"),
            Shape("5"),
    ];

    public static IReadOnlyList<Fragment> Ports { get; } =
    [
        Readable("{}"), Readable("null"), Readable("{\"port\": null, \"protocol\": null}"),
        .. new[] { "1", "80", "65535", "0", "-1", "65536", "2147483647" }.Select(static port => Readable($"{{\"port\": {port}}}")),
        .. new[] { "http", "80", "", "HTTP", "a--b", "-a", "a-", "1a", "1-1", "a_b", "é", "a.b", "abcdefghij-klmn", "abcdefghij-klmno" }
            .Select(static port => Readable($"{{\"port\": \"{port}\"}}")),
        .. new[] { "TCP", "UDP", "SCTP", "tcp", "Udp", "ICMP", "", "6" }.Select(static protocol => Readable($"{{\"protocol\": \"{protocol}\", \"port\": 80}}")),
        Readable("{\"protocol\": \"SCTP\"}"), Readable("{\"protocol\": \"tcp\", \"port\": \"80\"}"),
        .. new[]
            {
                "\"port\": 80, \"endPort\": 80", "\"port\": 80, \"endPort\": 90", "\"port\": 80, \"endPort\": 79", "\"port\": 80, \"endPort\": 65535",
                "\"port\": 80, \"endPort\": 65536", "\"port\": 80, \"endPort\": -1", "\"port\": 0, \"endPort\": 0", "\"port\": \"http\", \"endPort\": 90",
                "\"port\": \"80\", \"endPort\": 90", "\"endPort\": 90", "\"port\": 80, \"endPort\": null",
                    "\"protocol\": \"tcp\", \"port\": 0, \"endPort\": -1",
            }
            .Select(static port => new Fragment($"{{{port}}}", ServerFeature.EndPort)),
        new Fragment("{\"port\": 80, \"endPort\": \"90\"}", ServerFeature.EndPort, IsWrongShape: true),
        new Fragment("{\"port\": 80, \"endPort\": 90.5}", ServerFeature.EndPort, IsWrongShape: true),
        Shape("{\"port\": 80.5}"), Shape("{\"port\": 2147483648}"), Shape("{\"port\": true}"), Shape("{\"port\": [80]}"), Shape("{\"port\": {}}"),
        Shape("{\"protocol\": 6}"), Shape("{\"protocol\": [\"TCP\"]}"), Shape("80"), Shape("\"http\""), Shape("[]"),
    ];

    public static IReadOnlyList<Fragment> Peers { get; } =
    [
        Readable("{}"), Readable("null"), Readable("{\"podSelector\": null}"),
            Readable("{\"podSelector\": null, \"namespaceSelector\": null, \"ipBlock\": null}"),
        Readable("{\"podSelector\": {}}"), Readable("{\"namespaceSelector\": {}}"), Readable("{\"podSelector\": {}, \"namespaceSelector\": {}}"),
        Readable("{\"ipBlock\": {\"cidr\": \"10.0.0.0/8\"}}"), Readable("{\"ipBlock\": {\"cidr\": \"10.0.0.0/8\"}, \"podSelector\": {}}"),
        Readable("{\"ipBlock\": {\"cidr\": \"10.0.0.0/8\"}, \"namespaceSelector\": {}}"),
            Readable("{\"ipBlock\": {}, \"podSelector\": {}, \"namespaceSelector\": {}}"),
        Shape("\"web\""), Shape("[]"), Shape("5"), Shape("true"),
    ];

    public static IReadOnlyList<Fragment> Blocks { get; } =
    [
        .. new[]
            {
                "", "0.0.0.0/0", "10.0.0.1/32", "10.0.0.77/25", "::/0", "2001:db8::1/128", "2001:DB8::/32", "::ffff:10.0.0.0/104", "10.0.0.0/33", "10.0.0.0/",
                "10.0.0.0", "10.0.0/8", "10/8", "10.0.0.0.0/8", "256.0.0.0/8", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/08", "10.0.0.0/8/8", " 10.0.0.0/8",
                    "10.0.0.0/8 ",
                "2001:db8::/129", "2001:db8::", "2001:db8::%eth0/64", "2001:db8/32", ":::/0", "1:2:3:4:5:6:7:8:9/64", "::1.2.3.4/96", "example.com", "/8", "é",
                "10.0.0.0-10.0.0.255",
            }
            .Select(static cidr => Readable($"{{\"cidr\": \"{cidr}\"}}")),
        new Fragment("{\"cidr\": \"010.000.000.000/8\"}", ServerFeature.LeadingZeros),
        .. new[]
            {
                ("10.0.0.0/16", "10.0.1.0/24"), ("10.0.0.0/16", "10.0.0.0/16"), ("10.0.0.0/16", "10.0.0.0/8"), ("10.0.0.0/16", "11.0.0.0/24"),
                ("10.0.0.0/16", "10.0.0.0/17"), ("10.0.0.77/16", "10.0.9.9/24"), ("10.0.0.0/16", "2001:db8::/64"), ("::/0", "10.0.0.0/8"),
                    ("0.0.0.0/0", "::/64"),
                ("2001:db8::/32", "2001:db8:1::/48"), ("2001:db8::/32", "2001:db9::/48"), ("10.0.0.0/16", "10.0.0.1"), ("10.0.0.0/16", ""),
                    ("10.0.0.0/16", "nowhere"),
                ("::ffff:0:0/96", "10.0.0.0/8"), ("::ffff:10.0.0.0/104", "::ffff:10.1.0.0/112"), ("10.0.0.0/8", "::ffff:10.1.0.0/112"),
                    ("10.0.0.0/8", "::ffff:10.0.0.0/104"),
                ("::ffff:10.0.0.0/104", "10.1.0.0/16"), ("nowhere", "10.0.0.0/8"),
                ("", "nowhere"),
            }
            .Select(static block => Readable($"{{\"cidr\": \"{block.Item1}\", \"except\": [\"{block.Item2}\"]}}")),
        Readable("{}"), Readable("{\"cidr\": null}"), Readable("{\"except\": [\"10.0.0.0/8\"]}"), Readable("{\"cidr\": \"10.0.0.0/8\", \"except\": null}"),
        Readable("{\"cidr\": \"10.0.0.0/8\", \"except\": []}"), Readable("{\"cidr\": \"10.0.0.0/8\", \"except\": [null]}"),
        Readable("{\"cidr\": \"10.0.0.0/8\", \"except\": [\"10.0.0.0/9\", \"10.0.0.0/8\", \"11.0.0.0/9\"]}"),
        new Fragment("{\"cidr\": \"10.0.0.0/8\", \"except\": [\"nowhere\", \"10.0.0.0/8\"]}", ServerFeature.EveryExcept),
        Shape("\"10.0.0.0/8\""), Shape("[]"), Shape("[{\"cidr\": \"10.0.0.0/8\"}]"), Shape("{\"cidr\": 5}"), Shape("{\"cidr\": [\"10.0.0.0/8\"]}"),
        Shape("{\"cidr\": \"10.0.0.0/8\", \"except\": \"10.0.0.0/9\"}"), Shape("{\"cidr\": \"10.0.0.0/8\", \"except\": [5]}"),
        Shape("{\"cidr\": \"10.0.0.0/8\", \"except\": {}}"),
    ];

    public static IReadOnlyList<Fragment> PolicyTypes { get; } =
    [
        Readable(null), Readable("null"), Readable("[]"), Readable("[\"Ingress\"]"), Readable("[\"Egress\", \"Ingress\"]"),
            Readable("[\"Ingress\", \"Ingress\"]"),
        Readable("[\"Ingress\", \"Egress\", \"Ingress\"]"), Readable("[\"ingress\"]"), Readable("[\"Ingress\", \"EGRESS\"]"), Readable("[\"\", \"Both\"]"),
            Readable("[null]"),
        Readable("[\"a\", \"b\", \"c\"]"), Shape("\"Ingress\""), Shape("{}"), Shape("[5]"), Shape("true"),
    ];

    /// <summary>Of ingress, and likewise of egress, whose peers stand under <c>to</c>.</summary>
    public static IReadOnlyList<Fragment> Rules { get; } =
    [
        Readable(null), Readable("null"), Readable("[]"), Readable("[{}]"), Readable("[null]"), Readable("[{\"from\": null, \"ports\": null}]"),
            Readable("[{\"from\": [], \"ports\": []}]"),
        Shape("{}"), Shape("\"all\""), Shape("5"), Shape("true"), Shape("[[]]"), Shape("[\"all\"]"), Shape("[{\"from\": {}}]"), Shape("[{\"from\": \"all\"}]"),
        Shape("[{\"ports\": {}}]"), Shape("[{\"ports\": 80}]"), Shape("[{}, {\"ports\": \"80\"}]"),
    ];

    public static IReadOnlyList<Fragment> Specs { get; } = [Readable(null), Readable("null"), Readable("{}"), Shape("[]"), Shape("\"all\""), Shape("true")];

    private static Fragment Readable(string? json) => new(json);

    private static Fragment Shape(string json) => new(json, IsWrongShape: true);

    private static Fragment Requirement(string fields) => new($"{{\"matchExpressions\": [{{\"key\": \"tier\", \"operator\": \"Exists\"}}, {{{fields}}}]}}");

    private static Fragment ShapedRequirement(string fields) => Requirement(fields) with { IsWrongShape = true };
}
