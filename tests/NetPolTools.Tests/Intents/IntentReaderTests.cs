using NetPolTools.Diagnostics;
using NetPolTools.Intents;

namespace NetPolTools.Tests.Intents;

/// <summary>A file of intents is read strictly: an intent that is misspelt would otherwise be one that somebody believes is checked.</summary>
public sealed class IntentReaderTests
{
    [Theory]
    [InlineData("web -> db: TCP 5432", IntentKind.Allowed, "TCP 5432", false)]
    [InlineData("web -> db: 5432/TCP only", IntentKind.Only, "TCP 5432", false)]
    [InlineData("web -> db: [5432/TCP, 53/UDP]", IntentKind.Allowed, "TCP 5432 UDP 53", false)]
    [InlineData("web -> db: All", IntentKind.Allowed, "All", false)]
    [InlineData("web -> db:", IntentKind.Allowed, "All", true)]
    [InlineData("web -> db: any port", IntentKind.Allowed, "All", true)]
    [InlineData("web -> db: nothing", IntentKind.Denied, "All", false)]
    [InlineData("web -> db: not TCP 22", IntentKind.Denied, "TCP 22", false)]
    [InlineData("nothing -> db: TCP 22", IntentKind.Denied, "TCP 22", false)]
    [InlineData("web -> nothing:", IntentKind.Denied, "All", false)]
    [InlineData("nothing else -> db:", IntentKind.NothingElse, "All", false)]
    [InlineData("'db -> nothing else'", IntentKind.NothingElse, "All", false)]
    [InlineData("{from: web, to: db, ports: [TCP 5432], expect: only}", IntentKind.Only, "TCP 5432", false)]
    [InlineData("{from: [web, api], to: db, expect: denied}", IntentKind.Denied, "All", false)]
    [InlineData("{from: everything, to: db, ports: 80/TCP}", IntentKind.Allowed, "TCP 80", false)]
    public void An_intent_is_a_line_or_a_map(string written, IntentKind kind, string ports, bool onSome)
    {
        var intent = Assert.Single(Intended.Read($"intents:\n- {written}\n").Intents);
        Assert.Equal((kind, ports, onSome), (intent.Kind, intent.Ports.Numbers.ToString(), intent.OnSomePort));
        Assert.Equal(2, intent.Location.Line);
    }

    [Fact]
    public void All_keys_are_read()
    {
        var set = Intended.Read("""
            # What must hold.
            namespace: [shop, store]
            ends:
              clouds: [169.254.169.254, fd00:ec2::254]
              front: app=web
            intents:
              front -> api: TCP 5000
              nothing -> clouds:
              nothing -> metadata addresses:
            defaults:
              shop: {ingress: deny}
              "*": {ingress: deny, egress: deny}
              kube-system: {ingress: allow}
            """);
        Assert.Equal(["shop", "store"], set.Namespaces);
        Assert.Equal(
            [
                "front -> api: TCP 5000", "nothing -> clouds", "nothing -> metadata addresses", "nothing else -> shop/*", "nothing else -> */*",
                "*/* -> nothing else",
            ],
            set.Intents.Select(static intent => intent.Name));
        Assert.Equal(["app=web"], set.Intents[0].From.Patterns.Select(static pattern => pattern.ToString()));
        Assert.Equal(2, set.Intents[1].To.Patterns.Count);
        Assert.Equal(MetadataAddresses.All, set.Intents[2].To.Patterns.Select(static pattern => pattern.ToString()));
        Assert.Equal(["shop", "kube-system"], set.Intents[4].To.ExceptNamespaces);
        Assert.Equal((8, 3), (set.Intents[1].Location.Line, set.Intents[1].Location.Column));
    }

    [Theory]
    [InlineData("", 1, 1, "", "Found nothing")]
    [InlineData("intent: []\n", 1, 1, "intent", "Did you mean intents?")]
    [InlineData("intents:\n- web > db\n", 2, 3, "intents[0]", "one arrow")]
    [InlineData("intents:\n- web -> -> db\n", 2, 3, "intents[0]", "one arrow")]
    [InlineData("intents:\n- web -> db: TPC 5432\n", 2, 3, "intents[0].web -> db", "'TPC 5432' is not a port")]
    [InlineData("intents:\n- {from: web, ports: 80}\n", 2, 3, "intents[0]", "expected from and to")]
    [InlineData("intents:\n- {from: web, to: [], ports: 80}\n", 2, 19, "intents[0].to", "at least one end")]
    [InlineData("intents:\n- {from: web, too: db}\n", 2, 15, "intents[0].too", "Did you mean to?")]
    [InlineData("intents:\n- {from: web, to: db, expect: alowed}\n", 2, 31, "intents[0].expect", "Did you mean allowed?")]
    [InlineData("intents:\n- {from: web, to: db, expect: only}\n", 2, 3, "intents[0]", "only without ports")]
    [InlineData("intents:\n- {from: svc/web, to: db}\n", 2, 10, "intents[0].from", "Services send nothing")]
    [InlineData("intents:\n- web -> db: http\n", 2, 3, "intents[0].web -> db", "names are those of a Service's ports")]
    [InlineData("intents:\n- nothing -> nothing\n", 2, 3, "intents[0]", "alone on one side")]
    [InlineData("intents:\n- nothing else -> db: TCP 80\n", 2, 3, "intents[0].nothing else -> db", "all ports")]
    [InlineData("intents:\n- web -> db: {ports: 80}\n", 2, 14, "intents[0].web -> db", "expected ports")]
    [InlineData("intents: web\n", 1, 10, "intents", "expected a list of intents")]
    [InlineData("intents:\n- app in (web -> db\n", 2, 3, "intents[0]", "app in (web")]
    [InlineData("intents:\n  web: db\n", 2, 3, "intents.web", "such as web -> db")]
    [InlineData("intents:\n  web -> db: 80\n  web -> db: 81\n", 3, 3, "intents.web -> db", "stands twice")]
    [InlineData("ends: {a: [app in (]}\n", 1, 8, "ends.a", "app in (")]
    [InlineData("ends: {a: {}}\n", 1, 11, "ends.a", "expected an end")]
    [InlineData("defaults:\n  shop: {ingres: deny}\n", 2, 10, "defaults.shop.ingres", "Did you mean ingress?")]
    [InlineData("defaults:\n  shop: {ingress: denied}\n", 2, 19, "defaults.shop.ingress", "expected allow or deny")]
    [InlineData("defaults:\n  shop: deny\n", 2, 9, "defaults.shop", "a map with ingress or egress")]
    [InlineData("intents: []\n---\nintents: []\n", 3, 1, "", "second document")]
    [InlineData("intents: [\n", 1, 10, "", "")]
    public void What_is_wrong_is_told_with_its_place_and_nothing_is_asked(string text, int line, int column, string path, string message)
    {
        var told = new List<Diagnostic>();
        Assert.Null(Intended.TryRead(text, told));
        var first = told[0];
        Assert.Contains(message, first.Message, StringComparison.Ordinal);
        Assert.Equal((line, column, path), (first.Location.Line, first.Location.Column, first.FieldPath ?? ""));
        Assert.Equal(DiagnosticSeverity.Error, first.Severity);
    }

    [Fact]
    public void Every_mistake_is_told()
    {
        var told = new List<Diagnostic>();
        Assert.Null(Intended.TryRead("intents:\n- a -> b: x y\n- {from: a}\nother: 1\n", told));
        Assert.Equal(3, told.Count);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_told()
    {
        var told = new List<Diagnostic>();
        Assert.Null(IntentFile.Read("nowhere.yaml", static (_, _) => throw new NotSupportedException(), told.Add));
        Assert.Equal(DiagnosticId.UnreadableFile, Assert.Single(told).Id);
    }
}
