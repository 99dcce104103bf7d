using NetPolTools.Listing;
using NetPolTools.Sets;

namespace NetPolTools.Picturing;

/// <summary>The lines of a listing as a matrix: who stands in it, and what each row says. Equal cells are one cell.</summary>
public sealed class ReachPicture
{
    /// <summary>What rows and columns stand for: workloads or namespaces.</summary>
    public required GroupBy By { get; init; }

    /// <summary>Everybody that stands in a row or column. First those of the cluster in the order of a listing, then what is outside.</summary>
    public required IReadOnlyList<ConnectionEnd> Ends { get; init; }

    /// <summary>How many of <see cref="Ends"/> are workloads or namespaces of the cluster.</summary>
    public required int OwnCount { get; init; }

    /// <summary>What can stand in a cell; most cells share few of them.</summary>
    public required IReadOnlyList<IReadOnlyList<PictureLine>> Cells { get; init; }

    /// <summary>For each end, what it reaches, ascending by destination. What is not there, nothing allows.</summary>
    public required IReadOnlyList<IReadOnlyList<PictureEntry>> Rows { get; init; }

    /// <summary>How many lines the listing has.</summary>
    public required int LineCount { get; init; }

    /// <summary>Whether an end is in the namespaces asked about: between two that are not, nothing is known.</summary>
    public required IReadOnlyList<bool> IsAsked { get; init; }

    /// <summary>Which rules decide; null where they were left out.</summary>
    public PictureReasons? Reasons { get; init; }

    /// <summary>The lines, by source and destination.</summary>
    public IEnumerable<Connection> Connections()
    {
        for (var source = 0; source < Rows.Count; source++)
        {
            foreach (var (destination, cell) in Rows[source])
            {
                foreach (var line in Cells[cell])
                {
                    yield return new Connection(Ends[source], Ends[destination], line.Ports, line.Verdict)
                    {
                        Notes = line.Notes,
                        IsNodeTraffic = line.IsNodeTraffic,
                    };
                }
            }
        }
    }
}

/// <summary>One line of a listing, without its ends.</summary>
/// <param name="Ports">Pod ports of the destination.</param>
/// <param name="Verdict">Never <see cref="Verdict.Denied"/>.</param>
/// <param name="IsNodeTraffic">Whether it is only between pods and the nodes they run on.</param>
/// <param name="Notes">What it depends on.</param>
public sealed record PictureLine(PortSet Ports, Verdict Verdict, bool IsNodeTraffic, IReadOnlyList<string> Notes);

/// <summary>What a source reaches.</summary>
/// <param name="Destination">A position in <see cref="ReachPicture.Ends"/>.</param>
/// <param name="Cell">A position in <see cref="ReachPicture.Cells"/>.</param>
public readonly record struct PictureEntry(int Destination, int Cell);
