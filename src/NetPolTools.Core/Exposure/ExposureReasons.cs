namespace NetPolTools.Exposure;

/// <summary>
/// Why a line is: all reasons, or the first of them, worked out when somebody reads them. Under thousands of policies each line has thousands. Not thread safe.
/// </summary>
/// <param name="find">Gives so many at most, and how many more there are.</param>
internal sealed class ExposureReasons(Func<int, (ExposureReason[] First, int More)> find)
{
    private (int Most, ExposureReason[] First, int More)? _found;

    public IReadOnlyList<ExposureReason> All => First(int.MaxValue).First;

    public static ExposureReasons Of(ExposureReason[] all) => new(most => all.Length <= most ? (all, 0) : (all[..most], all.Length - most));

    /// <param name="most">So many at most.</param>
    /// <returns>And how many more there are.</returns>
    public (ExposureReason[] First, int More) First(int most)
    {
        if (_found is not { } found || found.Most < most)
        {
            var (first, more) = find(most);
            _found = found = (most, first, more);
        }

        return found.First.Length <= most ? (found.First, found.More) : (found.First[..most], found.First.Length - most + found.More);
    }
}
