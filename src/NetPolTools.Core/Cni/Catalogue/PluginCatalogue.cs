using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using NetPolTools.Text;

namespace NetPolTools.Cni.Catalogue;

/// <summary>
/// Network plugins: how each is recognised, whether it enforces policies, with which limits, and the source of every fact. The facts stand in
/// <c>plugins.json</c>.
/// </summary>
public sealed class PluginCatalogue
{
    private const string ResourceName = "plugins.json";

    private static readonly Lazy<PluginCatalogue> Shared = new(Load);

    private readonly ImmutableDictionary<string, CatalogueEntry> _byId;

    internal PluginCatalogue(ImmutableArray<CatalogueEntry> entries)
    {
        Entries = entries;
        _byId = entries.ToImmutableDictionary(static entry => entry.Id);
        Vocabulary = new PluginVocabulary(entries);
    }

    public static PluginCatalogue Default => Shared.Value;

    /// <summary>In the order of the file.</summary>
    public ImmutableArray<CatalogueEntry> Entries { get; }

    /// <summary>What reading keeps of objects since an entry asks for it.</summary>
    internal PluginVocabulary Vocabulary { get; }

    /// <exception cref="KeyNotFoundException">There is none of this id.</exception>
    public CatalogueEntry this[string id] => _byId[id];

    /// <summary>Finds an entry by id, name or alias, in any case.</summary>
    public CatalogueEntry? Find(string name) => Entries.FirstOrDefault(entry => entry.IsCalled(name.Trim()));

    /// <summary>Reads a name with a version behind it: <c>Cilium</c>, <c>Cilium@1.15</c>, <c>cilium 1.15</c>.</summary>
    /// <param name="text">The name.</param>
    /// <param name="others">Words that may stand there too.</param>
    /// <exception cref="FormatException">The catalogue knows no such plugin, or the version is none; the message names those that may be meant.</exception>
    public (CatalogueEntry Entry, PluginVersion? Version) Parse(string text, params IEnumerable<string> others)
    {
        if (Find(text) is { } entry)
            return (entry, null);
        var at = text.LastIndexOfAny(['@', ' ']);
        if (at <= 0 || Find(text[..at]) is not { } named)
            throw new FormatException($"The catalogue has no plugin '{text}'{Meant(at > 0 ? text[..at] : text, others)}");
        return (named, PluginVersion.Parse(text[(at + 1)..].Trim())
            ?? throw new FormatException($"'{text[(at + 1)..]}' is no version; expected {named.Name}@1.2 or {named.Name} alone."));
    }

    /// <summary>The end of the sentence that there is no such plugin.</summary>
    private string Meant(string name, IEnumerable<string> others)
    {
        // Who writes an alias is told the name that goes with it.
        var known = Entries.SelectMany(static entry => entry.Aliases.Append(entry.Name).Append(entry.Id).Select(alias => (alias, entry.Name)))
            .Concat(others.Select(static word => (alias: word, Name: word)))
            .ToLookup(static pair => pair.alias, static pair => pair.Name);
        string[] near = [.. NearestNames.Of(name, known.Select(static names => names.Key)).SelectMany(alias => known[alias]).Distinct()];
        return near.Length > 0 ? $".{NearestNames.Question(near)}"
            : $", nor one with a similar name; it knows {Entries.Length}, such as Antrea, Calico, Cilium and Flannel.";
    }

    /// <summary>An entry with those it is a form of, the most special one first.</summary>
    public IEnumerable<CatalogueEntry> Chain(CatalogueEntry entry)
    {
        for (var current = entry; current is not null; current = current.Basis is { } basis ? _byId[basis] : null)
            yield return current;
    }

    /// <summary>Reads a catalogue and holds it to its schema.</summary>
    /// <param name="json">Disposed of.</param>
    /// <exception cref="FormatException">A field that there is not, a value of a wrong type, a fact without a source, an id that leads nowhere.</exception>
    public static PluginCatalogue Read(Stream json) => CatalogueReader.Read(json);

    [SuppressMessage("Reliability", "CA2000", Justification = "The reader disposes of it.")]
    private static PluginCatalogue Load() => Read(typeof(PluginCatalogue).Assembly.GetManifestResourceStream(ResourceName)
        ?? throw new InvalidOperationException($"The assembly holds no {ResourceName}."));
}
