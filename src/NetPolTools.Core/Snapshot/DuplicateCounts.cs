using NetPolTools.Diagnostics;
using NetPolTools.Text;

namespace NetPolTools.Snapshot;

/// <summary>
/// Keeps what is said of objects that come twice within bounds: of two copies of one dump the first few objects are told, then how many more there are.
/// </summary>
internal sealed class DuplicateCounts
{
    private const int MostOfAPair = 3;

    private readonly Dictionary<(string? Later, string? Earlier), (int Count, SourceLocation FirstUntold)> _pairs = [];
    private readonly List<Diagnostic> _ofOthers = [];

    /// <summary>Counts an object.</summary>
    /// <param name="later">Where it stands.</param>
    /// <param name="earlier">Where it stood before.</param>
    public bool IsToBeTold(SourceLocation later, SourceLocation earlier)
    {
        var pair = (later.File, earlier.File);
        var (count, firstUntold) = _pairs.GetValueOrDefault(pair);
        _pairs[pair] = (count + 1, count == MostOfAPair ? later : firstUntold);
        return count < MostOfAPair;
    }

    /// <summary>Takes over what a snapshot has not told of its own objects.</summary>
    public void Add(IEnumerable<Diagnostic> untold) => _ofOthers.AddRange(untold);

    /// <summary>How many more there are, for each pair of inputs.</summary>
    public IReadOnlyList<Diagnostic> Untold() => _pairs.Count == 0 ? [.. _ofOthers] :
    [
        .. _ofOthers,
        .. from pair in _pairs
           let more = pair.Value.Count - MostOfAPair
           where more > 0
           select new Diagnostic(
               DiagnosticId.DuplicateObject,
               DiagnosticSeverity.Warning,
               $"{more} more {(more == 1 ? "object stands" : "objects stand")} in the input before{(pair.Key.Earlier is { } file ? $" in {file}" : "")}. "
                   + "A cluster keeps one of each; the later ones are used.")
           {
               Location = pair.Value.FirstUntold,
           },
    ];
}
