using NetPolTools.Listing;
using NetPolTools.Reachability;
using NetPolTools.Sets;

namespace NetPolTools.Picturing;

/// <summary>Makes a picture of the lines of a listing as they come.</summary>
/// <param name="by">What a line stands for.</param>
/// <param name="isAsked">Whether an end of the cluster is in the namespaces asked about.</param>
/// <param name="reasons">Told of every line; null where reasons are left out.</param>
internal sealed class ReachPictureBuilder(GroupBy by, Func<ConnectionEnd, bool> isAsked, ReasonCollector? reasons)
{
    private const int MostRemembered = 1 << 16;

    private readonly List<ConnectionEnd> _ends = [];
    private readonly Dictionary<ConnectionEnd, int> _numbers = [];

    /// <summary>The same by object: a listing names most ends by the same object in every line, which is told apart faster than by all its names.</summary>
    private readonly Dictionary<ConnectionEnd, int> _numbersOfObjects = new(ReferenceEqualityComparer.Instance);
    private readonly List<List<PictureEntry>> _rows = [];

    private readonly Dictionary<(PortSet Ports, Verdict Verdict, bool IsNodeTraffic, string Notes), int> _lineNumbers = [];
    private readonly List<PictureLine> _lines = [];

    /// <summary>Cells by what they were before a line came to them; -1 for nothing.</summary>
    private readonly Dictionary<(int Before, int Line), int> _cellNumbers = [];
    private readonly List<IReadOnlyList<PictureLine>> _cells = [];

    /// <summary>Everybody of the cluster, whether a line names them or not.</summary>
    /// <param name="map">Of the cluster.</param>
    public void AddAll(ReachabilityMap map)
    {
        foreach (var group in EndpointGroup.Create(map, by))
            NumberOf(group.End);
        OwnCount = _ends.Count;
    }

    public int OwnCount { get; private set; }

    public int LineCount { get; private set; }

    public void Add(Connection connection)
    {
        LineCount++;
        var (source, destination) = (NumberOf(connection.Source), NumberOf(connection.Destination));
        var line = LineOf(connection);
        var row = _rows[source];
        var at = Position(row, destination);
        if (at < 0)
            row.Insert(~at, new PictureEntry(destination, CellOf(-1, line)));
        else
            row[at] = new PictureEntry(destination, CellOf(row[at].Cell, line));
        reasons?.Add(connection, source, destination);
    }

    public ReachPicture Build() => new()
    {
        By = by,
        Ends = _ends,
        OwnCount = OwnCount,
        Cells = _cells,
        Rows = _rows,
        LineCount = LineCount,
        IsAsked = [.. _ends.Select((end, number) => number >= OwnCount || isAsked(end))],
        Reasons = reasons?.Build(_ends.Count),
    };

    /// <summary>Lines mostly come in the order of their destinations.</summary>
    private static int Position(List<PictureEntry> row, int destination)
    {
        if (row.Count == 0 || row[^1].Destination < destination)
            return ~row.Count;
        var (low, high) = (0, row.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (row[middle].Destination == destination)
                return middle;
            if (row[middle].Destination < destination)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return ~low;
    }

    private int NumberOf(ConnectionEnd end)
    {
        if (_numbersOfObjects.TryGetValue(end, out var number))
            return number;
        if (!_numbers.TryGetValue(end, out number))
        {
            number = _ends.Count;
            _numbers.Add(end, number);
            _ends.Add(end);
            _rows.Add([]);
        }

        if (_numbersOfObjects.Count == MostRemembered)
            _numbersOfObjects.Clear();
        _numbersOfObjects.Add(end, number);
        return number;
    }

    private int LineOf(Connection connection)
    {
        var notes = connection.Notes.Count == 0 ? "" : string.Join('\n', connection.Notes);
        var key = (connection.Ports, connection.Verdict, connection.IsNodeTraffic, notes);
        if (_lineNumbers.TryGetValue(key, out var number))
            return number;
        number = _lines.Count;
        _lineNumbers.Add(key, number);
        _lines.Add(new PictureLine(connection.Ports, connection.Verdict, connection.IsNodeTraffic, [.. connection.Notes]));
        return number;
    }

    private int CellOf(int before, int line)
    {
        if (_cellNumbers.TryGetValue((before, line), out var number))
            return number;
        number = _cells.Count;
        _cellNumbers.Add((before, line), number);
        _cells.Add(before < 0 ? [_lines[line]] : [.. _cells[before], _lines[line]]);
        return number;
    }
}
