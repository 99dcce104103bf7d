using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NetPolTools.Diagnostics;
using NetPolTools.Dialects;
using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Reading;
using NetPolTools.Snapshot;
using NetPolTools.Tests.Support;
using NetPolTools.Writing;
using NetPolTools.Yaml;

namespace NetPolTools.Tests.Reading.Mutation;

/// <summary>
/// Good manifests with random damage: reading, evaluating and listing never throw and never hang, nothing disappears without a word, all that is said has a
/// place, and what is exported gives the same answer when it is read again.
/// </summary>
/// <remarks>The environment variable NETPOL_MUTATIONS sets how many inputs there are, and NETPOL_MUTATION_SEED which ones.</remarks>
public partial class MutationTests
{
    private const int Parts = 4;

    /// <summary>Exporting and reading again takes longer than all else.</summary>
    private const int ExportedEach = 4;

    /// <summary>Of so many inputs one is a whole text, and the others are parts of one.</summary>
    private const int WholeEach = 10;

    /// <summary>JSON is YAML, too, and takes longest to read as such; where it is well-formed that finds nothing that damaged text does not.</summary>
    private const int JsonAsYamlEach = 8;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private static readonly int Inputs = Setting("NETPOL_MUTATIONS", 5_000 * ExampleCount.Times);
    private static readonly int FirstSeed = Setting("NETPOL_MUTATION_SEED", 1);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_damaged_manifest_gives_objects_or_diagnostics_and_never_an_exception(int part)
    {
        var random = new Random(FirstSeed + part);
        for (var i = 0; i < Inputs / Parts; i++)
        {
            var (manifest, isJson) = Damaged(random);
            Check(manifest, random.Next(isJson ? JsonAsYamlEach : 2) == 0 ? "input.yaml" : "input", isExported: i % ExportedEach == 0);
        }
    }

    [Fact]
    public void A_manifest_cut_off_anywhere_gives_objects_or_diagnostics_and_never_an_exception()
    {
        for (var length = 0; length < Originals.Json.Length; length++)
            Check(Originals.Json[..length], "input");
        for (var length = 0; length < Originals.Texts[2].Length; length += 7)
            Check(Originals.Texts[2][..length], "input");
    }

    /// <returns>The text, and whether it is well-formed JSON.</returns>
    private static (string Manifest, bool IsJson) Damaged(Random random)
    {
        var isWhole = random.Next(WholeEach) == 0;
        if (random.Next(2) == 0)
        {
            var root = JsonNode.Parse(random.Next(4) == 0 ? Originals.Json : isWhole ? Originals.Kinds : Originals.SomeKinds(random))!;
            for (var damages = random.Next(1, 6); damages > 0; damages--)
                root = StructureDamage.To(root, random);
            return (root.ToJsonString(), true);
        }

        var text = isWhole ? Originals.Texts[random.Next(Originals.Texts.Length)]
            : random.Next(3) switch
            {
                0 => Originals.Json,
                1 => Originals.SomeKinds(random),
                _ => Originals.SomeDocuments(random),
            };
        for (var damages = random.Next(1, 4); damages > 0; damages--)
            text = TextDamage.To(text, random);
        return (text, false);
    }

    private static void Check(string manifest, string name, bool isExported = true)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            var builder = new ClusterSnapshotBuilder();
            Cluster.Reader(builder, "default").Read(Bytes(manifest), name);
            var snapshot = builder.Build();
            var isEmptyList = snapshot.Diagnostics.Count == 0 && builder.ObjectCount == 0 && snapshot.SkippedKinds.Count == 0;
            Assert.True(!isEmptyList || manifest.Contains("List", StringComparison.Ordinal)
                || manifest.Trim() == "[]", "Nothing was found and nothing was said.");
            Assert.All(snapshot.Diagnostics, static told => Assert.True(HasPlace(told), "It has no place."));
            Assert.DoesNotContain(snapshot.Diagnostics, static told => told.Message.Length == 0);
            var lines = Lines(snapshot);

            // Exporting reads every field, and leaves out objects with mistakes in fields that decide nothing here; it says so.
            if (isExported && TryExport(manifest, name, snapshot.Diagnostics.Count(IsError), out var exported))
                Assert.Equal(lines, Lines(exported));
            Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, Longest);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"This manifest does it, as {name}:\n{manifest}", e);
        }
    }

    /// <summary>Only of what is no text at all there is no line to name.</summary>
    private static bool HasPlace(Diagnostic told) => told.Location is { IsKnown: true, Line: > 0, Column: > 0 }
        || (told.Location.IsKnown && (told.Id == DiagnosticId.NotText || told.Message.StartsWith("There are ", StringComparison.Ordinal)));

    private static string[] Lines(ClusterSnapshot snapshot) =>
    [
        .. new ConnectionLister(ReachabilityMap.Compile(snapshot), new ConnectionQuery { IncludeDenied = true }).List().Select(static connection =>
        {
            Assert.Equal(connection.Verdict == Verdict.Denied, connection.Ports.IsEmpty);
            return $"{connection.Source} {connection.Destination} {connection.Ports} {string.Join(';', connection.Notes.Select(WithoutPlaces))}";
        }),
    ];

    /// <summary>Notes say where a rule stands, and what is exported stands elsewhere.</summary>
    private static string WithoutPlaces(string note) => Place().Replace(note, "");

    [GeneratedRegex(@" \((input|exported)[.a-z]*:\d+:\d+\)", RegexOptions.CultureInvariant)]
    private static partial Regex Place();

    private static bool TryExport(string manifest, string name, int errors, out ClusterSnapshot exported)
    {
        var text = new StringBuilder();
        var diagnostics = new List<Diagnostic>();
        var options = new ManifestReaderOptions(static (text, file) => new YamlTokenReader(text, file));
        var binder = new WholeObjectBinder(
            found => text.Append(YamlManifestWriter.Write(CanonicalManifest.Of(found.Manifest, full: true))).Append('\n'), diagnostics.Add, AllDialects.Kinds);
        new ManifestReader(binder, diagnostics.Add, options).Read(Bytes(manifest), name);
        var builder = new ClusterSnapshotBuilder();
        Cluster.Reader(builder, "default").Read(Bytes(text.ToString()), "exported.yaml");
        exported = builder.Build();
        Assert.DoesNotContain(exported.Diagnostics, IsError);
        return diagnostics.Count(IsError) == errors;
    }

    private static bool IsError(Diagnostic told) => told.Severity == DiagnosticSeverity.Error;

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    private static int Setting(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
