namespace NetPolTools.Reading;

/// <summary>
/// The files of a folder in order. Where they are many, another thread reads small ones before the reader comes to them, the last of the next few first:
/// both are busy, and wait for each other but once in a while.
/// </summary>
/// <param name="found">The files, and folders that cannot be listed.</param>
/// <param name="binder">Gives what the other thread reads with; null where files have to come in order.</param>
/// <param name="openYaml">Makes the reader of all of YAML.</param>
/// <param name="cancellation">Ends what the other thread does.</param>
internal sealed class FilesAhead(
    IEnumerable<FoundPath> found, Func<AheadBinder?> binder, YamlReaderFactory openYaml, CancellationToken cancellation) : IDisposable
{
    private const int MostAhead = 64;

    // So many are read before a thread is there to help.
    private const int FilesAlone = 16;

    // Of what is longer, two threads read a part each when its turn comes.
    private const int LongestFile = 3 * BlockTokenizer.BlockSize;

    private const int FewObjects = 8;

    private readonly IEnumerator<FoundPath> _found = found.GetEnumerator();
    private readonly object _lock = new();
    private readonly LinkedList<FileAhead> _ahead = [];
    private int _taken;
    private int _newFiles;
    private bool _isEnd;
    private bool _isStopped;

    /// <summary>The next file, which is for the reader to read unless the other thread has begun; null for none.</summary>
    public FileAhead? Next()
    {
        while (!_isEnd && _ahead.Count <= MostAhead)
            LookForFile();
        lock (_lock)
        {
            var next = _ahead.First?.Value;
            if (next is null)
                return null;
            _ahead.RemoveFirst();
            if (next.IsWaiting)
                next.Leave();
            if (++_taken == FilesAlone && _ahead.Count > FilesAlone && Environment.ProcessorCount > 1 && binder() is { } other)
                _ = Task.Factory.StartNew(() => ReadAhead(other), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

            // To wake a thread takes long, so there is to be something to do for it.
            if (_newFiles > MostAhead / 2)
                Monitor.Pulse(_lock);
            return next;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isStopped = true;
            Monitor.Pulse(_lock);
        }

        _found.Dispose();
    }

    private void LookForFile()
    {
        _isEnd = !_found.MoveNext();
        if (_isEnd)
            return;
        lock (_lock)
        {
            _ahead.AddLast(new FileAhead(_found.Current));
            _newFiles++;
        }
    }

    private void ReadAhead(AheadBinder binder)
    {
        var inputs = new InputReader(binder, openYaml, diagnostic => binder.Sink!.Report(diagnostic));
        while (LastWaiting() is { } file)
            Read(file, binder, inputs);
    }

    /// <summary>The last file that nobody has begun, as soon as there is one; null where no more are needed.</summary>
    private FileAhead? LastWaiting()
    {
        lock (_lock)
        {
            while (!_isStopped)
            {
                for (var node = _ahead.Last; node is not null; node = node.Previous)
                {
                    if (!node.Value.IsWaiting)
                        continue;
                    node.Value.Begin();
                    return node.Value;
                }

                _newFiles = 0;
                Monitor.Wait(_lock);
            }
        }

        return null;
    }

    private void Read(FileAhead file, AheadBinder binder, InputReader inputs)
    {
        var (content, bytesRead, isOther) = (new FoundAhead(FewObjects), 0, false);
        binder.Sink = content;
        try
        {
            var path = file.Found.Path;
            if (OtherFiles.Explain(path) is null && InputFiles.Open(path) is var stream && IsShort(stream))
                inputs.Read(stream, path, count => bytesRead += count, () => isOther = true, cancellation);
            else
                isOther = true;
        }
        catch
        {
            // The reader meets the same, and tells it in its place.
            isOther = true;
        }

        if (isOther)
            file.Leave();
        else
            file.End(content, bytesRead);
    }

    private static bool IsShort(FileStream stream)
    {
        if (stream.Length <= LongestFile)
            return true;
        stream.Dispose();
        return false;
    }
}
