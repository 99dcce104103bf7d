using System.Text.Json;

namespace NetPolTools.Cni.Catalogue;

/// <summary>
/// Reads the catalogue strictly: a field of an unknown name, a value of a wrong type, an id that leads nowhere and a fact without a source are errors,
/// each told with its path.
/// </summary>
internal static class CatalogueReader
{
    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <param name="stream">JSON. Disposed of.</param>
    /// <exception cref="FormatException">It does not keep to the schema.</exception>
    public static PluginCatalogue Read(Stream stream)
    {
        using (stream)
        {
            using var document = JsonDocument.Parse(stream, Options);
            var root = new CatalogueNode(document.RootElement, "");
            CatalogueEntry[] entries = [.. root.Items("plugins").Select(ReadEntry)];
            root.Text("about");
            root.Complete();
            Check(entries);
            return new PluginCatalogue([.. entries]);
        }
    }

    private static CatalogueEntry ReadEntry(CatalogueNode node)
    {
        var entry = new CatalogueEntry
        {
            Id = node.Text("id"),
            Name = node.Text("name"),
            Aliases = node.OptionalTexts("aliases"),
            Role = node.Enum<PluginRole>("role"),
            Basis = node.OptionalText("basis"),
            Covers = node.OptionalTexts("covers"),
            Signs = [.. node.OptionalItems("signs").Select(static sign => (ReadSign(sign), ReadFact(sign)))],
            EnforcesOnlyWhen = ReadClauses(node, "enforcesOnlyWhen"),
            VersionImages = node.OptionalTexts("versionImages"),
            Enforces = node.Enum<Enforcement>("enforces"),
            Answer = node.Text("answer"),
            Fact = ReadFact(node),
            Rules = [.. node.OptionalItems("rules").Select(ReadRule)],
            PolicyKinds = node.OptionalTexts("policyKinds"),
            Settings = ReadClauses(node, "settings"),
            Limits = [.. node.OptionalItems("limits").Select(ReadLimit)],
            IcmpByRules = node.OptionalText("icmpByRules"),
            Advice = node.OptionalText("advice"),
        };
        node.Complete();
        return entry;
    }

    private static PluginSign ReadSign(CatalogueNode node) => new()
    {
        Kind = node.Text("kind"),
        Namespaces = node.OptionalTexts("namespaces"),
        Names = node.OptionalTexts("names"),
        Labels = node.OptionalMap("labels"),
        Values = node.OptionalMap("values"),
        Container = node.OptionalText("container"),
        Images = node.OptionalTexts("images"),
        Env = node.OptionalMap("env"),
        Arguments = node.OptionalTexts("arguments"),
        IsHint = node.OptionalFlag("hint"),
    };

    private static PluginFact ReadFact(CatalogueNode node)
    {
        var fact = new PluginFact(node.Text("source"), !node.OptionalFlag("unverified"));
        if (node.IsOneOf("signs"))
            node.Complete();
        return fact;
    }

    private static IReadOnlyList<PluginClause> ReadClauses(CatalogueNode node, string name) => [.. node.OptionalItems(name).Select(static clause =>
    {
        var read = new PluginClause(
            clause.Has("kind") ? ReadSign(clause) : null, clause.OptionalFlag("not"), Version(clause, "from"), Version(clause, "below"));
        if ((read.Sign is null) == (read.From is null && read.Below is null))
            throw clause.Wrong("a clause is about an object (kind) or about the version (from, below)");
        clause.Complete();
        return read;
    })];

    private static PluginRule ReadRule(CatalogueNode node)
    {
        var rule = new PluginRule(
            ReadClauses(node, "when"), node.Enum<Enforcement>("enforces"), node.Text("because"), node.OptionalFlag("unknownUnlessSeen"), ReadFact(node));
        if (rule.When.Count == 0)
            throw node.Wrong("a rule says when it applies");
        node.Complete();
        return rule;
    }

    private static PluginLimit ReadLimit(CatalogueNode node)
    {
        var limit = new PluginLimit(
            node.Enum<PolicyFeature>("feature"),
            node.Enum<FeatureSupport>("support"),
            node.Text("text"),
            Version(node, "from"),
            Version(node, "until"),
            ReadClauses(node, "when"),
            ReadClauses(node, "unless"),
            ReadFact(node))
        {
            MostPriority = node.OptionalNumber("mostPriority"),
        };
        node.Complete();
        return limit;
    }

    private static PluginVersion? Version(CatalogueNode node, string name) => node.OptionalText(name) is { } text
        ? PluginVersion.Parse(text) ?? throw node.Wrong($"'{text}' is no version")
        : null;

    private static void Check(CatalogueEntry[] entries)
    {
        var ids = new HashSet<string>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in entries)
        {
            if (!ids.Add(entry.Id))
                throw new FormatException($"The id {entry.Id} stands twice.");
            foreach (var name in entry.Aliases.Append(entry.Name).Append(entry.Id).Distinct(StringComparer.OrdinalIgnoreCase))
            {
                if (!names.Add(name))
                    throw new FormatException($"Two entries are called {name}.");
            }
        }

        foreach (var entry in entries)
        {
            foreach (var other in entry.Covers.Concat(entry.Basis is { } basis ? [basis] : []))
            {
                if (other == entry.Id || !ids.Contains(other))
                    throw new FormatException($"{entry.Id} refers to {other}, which is no other entry.");
            }
        }
    }
}
