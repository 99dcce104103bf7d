BeforeDiscovery {
    $cannotRun = $IsWindows
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')
    $searchPath = $env:PATH

    function Use-Kubectl {
        param([string] $Folder)
        $env:PATH = $Folder + [IO.Path]::PathSeparator + $searchPath
        $Folder
    }
}

# The kubectl of these tests is a shell script.
Describe 'A live cluster' -Skip:$cannotRun {
    BeforeEach {
        $kubectl = Use-Kubectl (New-FakeKubectl)
    }

    AfterEach {
        $env:PATH = $searchPath
    }

    It 'answers as its manifests do' {
        Get-NetPolReachability -Context prod | Get-Line | Should -Be (Get-NetPolReachability $threeTier | Get-Line)
        Get-NetPolReachability -Context prod -Namespace shop -From web | Get-Line | Should -Be (Get-NetPolReachability $threeTier -From web | Get-Line)
        Test-NetPolReachability -Context prod -From shop/api -To shop/db -Port 3306 | Should -BeTrue
        (Get-NetPolIsolation -Context prod).Count | Should -Be (Get-NetPolIsolation $threeTier).Count
        (Get-NetPolSnapshot -Context prod).NetworkPolicyCount | Should -Be 4
    }

    It 'is asked for with its context and kubeconfig, and the dot is the current context' {
        Push-Location $TestDrive
        Get-NetPolSnapshot -Context prod -Kubeconfig ./own.config | Out-Null
        Pop-Location
        Get-NetPolSnapshot -Context . | Out-Null
        $calls = Get-Content (Join-Path $kubectl calls)
        $calls | Should -Contain "get --raw /apis --context=prod --kubeconfig=$(Join-Path $TestDrive own.config)"
        $calls | Should -Contain 'get --raw /apis'
        $calls | Should -Not -Match 'secret'
    }

    It 'is not asked for unless a context is named' {
        Get-NetPolReachability $threeTier | Out-Null
        Get-ThreeTierObject | Get-NetPolReachability | Out-Null
        Join-Path $kubectl calls | Should -Not -Exist
    }

    It 'is one side of a comparison, and what is deployed is applied to it' {
        $next = Join-Path $manifests 'three-tier-next'
        $changes = Compare-NetPolReachability -ReferenceContext prod -Path $next
        $changes | Get-Line | Should -Be (Compare-NetPolReachability $threeTier $next -Apply | Get-Line)
        Get-ChildItem $next | Compare-NetPolReachability -ReferenceContext prod | Get-Line | Should -Be ($changes | Get-Line)
        Compare-NetPolReachability -ReferenceContext prod $next -Apply:$false | Get-Line |
            Should -Be (Compare-NetPolReachability $threeTier $next | Get-Line)
    }

    It 'has the namespace of its context where none is named, as for kubectl' {
        $config = Join-Path $TestDrive 'context.config'
        "apiVersion: v1`nkind: Config`ncurrent-context: prod`ncontexts: [{name: prod, context: {cluster: c, namespace: shop}}]" | Set-Content $config
        $policy = "apiVersion: networking.k8s.io/v1`nkind: NetworkPolicy`nmetadata: {name: close}`nspec: {podSelector: {}, policyTypes: [Egress]}"
        $told = $policy | Compare-NetPolReachability -ReferenceContext prod -Kubeconfig $config -Verbose 4>&1
        "$told" | Should -BeLike '*names no namespace is taken to be in shop, the namespace of the context*'
        $changes = $told | Where-Object { $_ -isnot [System.Management.Automation.VerboseRecord] }
        ($changes | Where-Object Policies -Like '*shop/close*') | Should -Not -BeNullOrEmpty
        $policy | Compare-NetPolReachability -ReferenceContext prod -Kubeconfig $config -DefaultNamespace other | Should -BeNullOrEmpty
    }

    It 'is answered within a namespace: names that say nothing of one are those that are there' {
        Test-NetPolReachability -Context prod -Namespace shop -From api -To db -Port 3306 | Should -BeTrue
        { Test-NetPolReachability -Context prod -Namespace other -From api -To db -ErrorAction SilentlyContinue } |
            Should -Throw "-Namespace 'other' matches no namespace of the input."
    }

    It 'is what a default deny is made for: every namespace but those of the system' {
        $expected = Get-Content $threeTierJson -Raw | ConvertFrom-Json | New-DefaultDenyPolicy -AllowDns -AllowApiServer -ApiServerAddress 192.0.2.1 |
            Export-NetPolYaml
        New-DefaultDenyPolicy -Context prod -AllowDns -AllowApiServer -ApiServerAddress 192.0.2.1 | Export-NetPolYaml | Should -Be $expected
        New-DefaultDenyPolicy -Context prod -Kubeconfig ./own.config -AllowDns -Simulate | Get-Line |
            Should -Be (Get-NetPolSnapshot $threeTier | New-DefaultDenyPolicy -AllowDns -Simulate | Get-Line)
        Get-Content (Join-Path $kubectl calls) | Should -Contain "get --raw /apis --context=prod --kubeconfig=$(Join-Path $PWD own.config)"
    }

    It 'is narrowed to the namespaces that are named, by the argument or by the pipeline' {
        New-DefaultDenyPolicy shop -Context prod -AllowDns | ForEach-Object { $_.Metadata.Namespace } | Select-Object -Unique | Should -Be 'shop'
        'shop' | New-DefaultDenyPolicy -Context prod -AllowDns | Export-NetPolYaml |
            Should -Be (New-DefaultDenyPolicy shop -Context prod -AllowDns | Export-NetPolYaml)
        Get-NetPolIsolation -Context prod -By Namespace | New-DefaultDenyPolicy -Context prod -AllowDns | Export-NetPolYaml |
            Should -Be (Get-NetPolIsolation $threeTierJson -By Namespace | New-DefaultDenyPolicy -AllowDns | Export-NetPolYaml)
    }

    It 'closes nothing where the names of namespaces fail to come' {
        $output = Get-NetPolIsolation -Context prod -By Namespace | Where-Object Namespace -EQ none |
            New-DefaultDenyPolicy -Context prod -AllowDns -ErrorVariable errors -ErrorAction SilentlyContinue
        $output | Should -BeNullOrEmpty
        "$($errors[0])" | Should -BeLike 'No namespace came from the pipeline*'
    }

    It 'is not given twice to a default deny' {
        { Get-ThreeTierObject | New-DefaultDenyPolicy -Context prod -AllowDns } | Should -Throw -ErrorId 'InvalidValue,*'
    }

    It 'holds the workloads that policies are made for' {
        $connections = Get-NetPolReachability $threeTier
        $connections | ConvertTo-NetPolPolicy -Context prod -Kubeconfig ./own.config | Export-NetPolYaml |
            Should -Be ($connections | ConvertTo-NetPolPolicy $threeTier | Export-NetPolYaml)
        Get-Content (Join-Path $kubectl calls) | Should -Contain "get --raw /apis --context=prod --kubeconfig=$(Join-Path $PWD own.config)"
    }

    It 'that cannot be read makes no policies' {
        'error: context "prod" does not exist' | Set-Content (Join-Path $kubectl _apis.err)
        New-DefaultDenyPolicy -Context prod -AllowDns -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors.FullyQualifiedErrorId | Should -Be 'ClusterNotRead,NetPolTools.Commands.NewDefaultDenyPolicyCommand'
        Get-NetPolReachability $threeTier | ConvertTo-NetPolPolicy -Context prod -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors.FullyQualifiedErrorId | Should -Be 'ClusterNotRead,NetPolTools.Commands.ConvertToNetPolPolicyCommand'
    }

    It 'that takes longer than TimeoutSec makes no policies' {
        'sleep 600' | Set-Content (Join-Path $kubectl _api_v1_pods.sh)
        New-DefaultDenyPolicy -Context prod -AllowDns -TimeoutSec 1 -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors.FullyQualifiedErrorId | Should -BeLike 'ClusterTimeout,*'
        $connection = Get-NetPolReachability $threeTier
        $connection | ConvertTo-NetPolPolicy -Context prod -TimeoutSec 1 -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors.FullyQualifiedErrorId | Should -BeLike 'ClusterTimeout,*'
    }

    It 'with <Case> has nothing to close, which is an error' -ForEach @(
        @{ Case = 'namespaces of the system alone'; Namespaces = 'kube-system', 'kube-public'; Says = '*none but system namespaces.' }
        @{ Case = 'nothing in it'; Namespaces = @(); Says = '*the input holds none.' }
    ) {
        $list = Join-Path $TestDrive 'namespaces.json'
        @{ items = @($Namespaces | ForEach-Object { @{ apiVersion = 'v1'; kind = 'Namespace'; metadata = @{ name = $_ } } }) } | ConvertTo-Json -Depth 9 |
            Set-Content $list
        Use-Kubectl (New-FakeKubectl $list) | Out-Null
        New-DefaultDenyPolicy -Context prod -AllowDns -ErrorVariable errors -ErrorAction SilentlyContinue -WarningAction SilentlyContinue |
            Should -BeNullOrEmpty
        $errors.FullyQualifiedErrorId | Should -Be 'NoMatch,NetPolTools.Commands.NewDefaultDenyPolicyCommand'
        "$errors" | Should -BeLike $Says
        1 | ConvertTo-NetPolPolicy -Context prod -ErrorVariable errors -ErrorAction SilentlyContinue -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        "$errors" | Should -BeLike '-Context holds no workload or pod*'
    }

    It 'that has no pods yet is closed by its namespaces' {
        $list = Join-Path $TestDrive 'empty.json'
        @{ items = @('default', 'kube-system' | ForEach-Object { @{ apiVersion = 'v1'; kind = 'Namespace'; metadata = @{ name = $_ } } }) } |
            ConvertTo-Json -Depth 9 | Set-Content $list
        Use-Kubectl (New-FakeKubectl $list) | Out-Null
        (New-DefaultDenyPolicy -Context prod -Direction Ingress).Metadata.Namespace | Should -Be 'default'
        New-DefaultDenyPolicy -Context prod -Direction Ingress -Simulate -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$errors" | Should -BeLike 'There is nothing to simulate against*'
    }

    It 'of which a namespace alone may be read answers about that one' {
        foreach ($path in '_api_v1_pods', '_apis_networking.k8s.io_v1_networkpolicies', '_apis_apps_v1_deployments') {
            $whole = Join-Path $kubectl "$path.json"
            Copy-Item $whole (Join-Path $kubectl ("$path.json" -replace '_([a-z]+\.json)$', '_namespaces_shop_$1'))
            "Error from server (Forbidden): no list of $path" | Set-Content (Join-Path $kubectl "$path.err")
        }
        $expected = Get-NetPolReachability $threeTier | Get-Line
        Get-NetPolReachability -Context prod -Namespace shop -WarningAction SilentlyContinue | Get-Line | Should -Be $expected
        Get-NetPolSnapshot -Context prod -Namespace shop -WarningAction SilentlyContinue | Get-NetPolReachability | Get-Line | Should -Be $expected
        Get-NetPolReachability -Context prod -Namespace sh* -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        "$($errors[0])" | Should -BeLike '*You may not list pods*'
    }

    It 'that is watched gives what changes, until the pipeline is stopped, and leaves no kubectl behind' {
        Add-PolicyEvent $kubectl DELETED db
        $change = Get-NetPolReachability -Context prod -From api -To db -Watch | Select-Object -First 1
        $change.GetType().Name | Should -Be NetPolChange
        "$change" | Should -Be 'Closed shop/api -> shop/db: TCP 3306 -> None'
        $change.Policies | Should -Be '-shop/db'
        Get-Process tail -ErrorAction SilentlyContinue | Where-Object CommandLine -Like "*$kubectl*" | Should -BeNullOrEmpty
    }

    It 'that is watched reports a broken policy and goes on without it' {
        Add-PolicyEvent $kubectl MODIFIED db @{ podSelector = @{}; ingress = @(@{ ports = @(@{ port = 70000 }) }) }
        $change = Get-NetPolReachability -Context prod -From api -To db -Watch -ErrorVariable errors -ErrorAction SilentlyContinue | Select-Object -First 1
        $change.Change | Should -Be Closed
        "$($errors[0])" | Should -BeLike '*NetworkPolicy shop/db*70000*'
    }

    It 'that may not be watched is an error, and the end' {
        'Error from server (Forbidden): networkpolicies.networking.k8s.io is forbidden: User "jane" cannot watch resource' |
            Set-Content (Join-Path $kubectl '_apis_networking.k8s.io_v1_networkpolicies_watch_1_allowWatchBookmarks_true_resourceVersion_7.err')
        Get-NetPolReachability -Context prod -Watch -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors.FullyQualifiedErrorId | Should -Be 'ForbiddenKind,NetPolTools.Commands.GetNetPolReachabilityCommand'
    }

    It 'that is watched for a namespace that is not there says so and waits' {
        Add-PolicyEvent $kubectl DELETED db
        $stopping = [powershell]::Create().AddScript({
            param($module)
            Import-Module $module
            Get-NetPolReachability -Context prod -Namespace other -Watch
        }).AddArgument($env:NETPOLTOOLS_MODULE)
        $running = $stopping.BeginInvoke()
        while (-not $stopping.Streams.Warning.Count -and -not $running.IsCompleted) { Start-Sleep -Milliseconds 100 }
        "$($stopping.Streams.Warning)" | Should -Match 'namespace'
        $stopping.Stop()
        $stopping.Dispose()
        Get-Process tail -ErrorAction SilentlyContinue | Where-Object CommandLine -Like "*$kubectl*" | Should -BeNullOrEmpty
    }

    It 'is not watched together with <_>' -ForEach 'AsMatrix', 'Explain', 'IncludeDenied' {
        $switches = @{ $_ = $true }
        { Get-NetPolReachability -Context prod -Watch @switches } | Should -Throw '*have no place there*'
        Join-Path $kubectl calls | Should -Not -Exist
    }

    It 'warns of a kind that may not be listed, and answers' {
        'Error from server (Forbidden): nodes is forbidden: User "jane" cannot list resource "nodes"' | Set-Content (Join-Path $kubectl _api_v1_nodes.err)
        $lines = Get-NetPolReachability -Context prod -WarningVariable warnings -WarningAction SilentlyContinue | Get-Line
        $lines | Should -Be (Get-NetPolReachability $threeTier | Get-Line)
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike '*You may not list nodes*cannot list resource "nodes"*'
    }

    It 'gives no answer, but <Id>, where <Case>' -ForEach @(
        @{ Case = 'pods may not be listed'; Path = '_api_v1_pods'; Says = 'Error from server (Forbidden): pods is forbidden'; Id = 'ForbiddenKind';
            Category = 'PermissionDenied' }
        @{ Case = 'the context is wrong'; Path = '_apis'; Says = 'error: context "prod" does not exist'; Id = 'ClusterNotRead'; Category = 'ConnectionError' }
        @{ Case = 'the server does not answer'; Path = '_apis'; Says = 'The connection to the server 127.0.0.1:1 was refused'; Id = 'ClusterNotRead';
            Category = 'ConnectionError' }
    ) {
        $Says | Set-Content (Join-Path $kubectl "$Path.err")
        $problem = { Test-NetPolReachability -Context prod -From shop/api -To shop/db -ErrorAction SilentlyContinue } | Should -Throw -ErrorId "$Id,*" -PassThru
        $problem.CategoryInfo.Category | Should -Be $Category
        "$problem" | Should -BeLike "*$Says*"
        Compare-NetPolReachability -ReferenceContext prod -Path $threeTier -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'that takes longer than TimeoutSec is an error that says so' {
        'sleep 600' | Set-Content (Join-Path $kubectl _api_v1_pods.sh)
        Get-NetPolReachability -Context prod -TimeoutSec 1 -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'ClusterTimeout,*'
        "$($errors[0])" | Should -BeLike '*within 1 s*'
    }

    It 'is left alone once the pipeline is stopped, and so is kubectl' {
        'echo $$ > "$here/started"; sleep 600' | Set-Content (Join-Path $kubectl _api_v1_pods.sh)
        $shell = [powershell]::Create()
        $shell.AddScript('param($Module) Import-Module $Module; Get-NetPolReachability -Context prod').AddArgument($env:NETPOLTOOLS_MODULE) | Out-Null
        $running = $shell.BeginInvoke()
        $started = Join-Path $kubectl started
        while (-not (Test-Path $started) -or -not (Get-Content $started)) { Start-Sleep -Milliseconds 50 }
        $shell.Stop()
        $running.IsCompleted | Should -BeTrue
        $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        Get-Process -Id (Get-Content $started) -ErrorAction Ignore | Should -BeNullOrEmpty
        $shell.Dispose()
    }
}

Describe 'Without kubectl' -Skip:$cannotRun {
    AfterEach {
        $env:PATH = $searchPath
    }

    It 'an error says so and what to do' {
        $env:PATH = $TestDrive
        Get-NetPolReachability -Context prod -Transport Kubectl -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'KubectlNotFound,*'
        "$($errors[0])" | Should -BeLike '*no kubectl on the PATH*Install it*'
    }

    It 'the client is taken' {
        $env:PATH = $TestDrive
        $file = Join-Path $TestDrive 'no-such.config'
        Get-NetPolReachability -Context prod -Kubeconfig $file -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'ClusterNotRead,*'
        "$($errors[0])" | Should -BeLike "*$file cannot be read*"
    }
}

Describe 'The client of the module' {
    BeforeAll {
        # Takes connections and says nothing.
        $server = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
        $server.Start()
        $file = Join-Path $TestDrive 'silent.config'
        @"
clusters: [{name: c, cluster: {server: "http://$($server.LocalEndpoint)"}}]
contexts: [{name: x, context: {cluster: c}}]
current-context: x
"@ | Set-Content $file
    }

    AfterAll {
        $server.Stop()
    }

    It 'waits for a server no longer than TimeoutSec' {
        Get-NetPolReachability -Context . -Kubeconfig $file -Transport Client -TimeoutSec 1 -ErrorVariable errors -ErrorAction SilentlyContinue |
            Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'ClusterTimeout,*'
        "$($errors[0])" | Should -BeLike '*within 1 s*'
    }

    It 'ends with the pipeline' {
        $shell = [powershell]::Create()
        $script = 'param($Module, $File) Import-Module $Module; Get-NetPolReachability -Context . -Kubeconfig $File -Transport Client'
        $shell.AddScript($script).AddArgument($env:NETPOLTOOLS_MODULE).AddArgument($file) | Out-Null
        while ($server.Pending()) { $server.AcceptSocket().Dispose() }
        $running = $shell.BeginInvoke()
        while (-not $server.Pending()) { Start-Sleep -Milliseconds 50 }
        $shell.Stop()
        $running.IsCompleted | Should -BeTrue
        $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        $shell.Dispose()
    }
}
