// $KUBECONFIG and $PATH belong to the whole process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
